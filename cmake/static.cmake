# HIRATAKE_STATIC: programs that need no shared library, glibc's included (docs/operations.md), of Debian's archives.
# Sections that nothing uses go before their symbols are looked for: a program needs the archives of what it uses.
add_compile_options(-ffunction-sections -fdata-sections)
add_link_options(-static-pie -Wl,--gc-sections)

# Debian has no archives of these two, but all of their source in headers.
set(HIRATAKE_FMT fmt::fmt-header-only)
set(HIRATAKE_SPDLOG spdlog::spdlog_header_only)
set_target_properties(spdlog::spdlog_header_only PROPERTIES
  INTERFACE_LINK_LIBRARIES "Threads::Threads;fmt::fmt-header-only")

# What yaml-cpp's own package names is the shared library.
find_library(HIRATAKE_YAML_CPP NAMES yaml-cpp REQUIRED)

# What the archive of libedit uses.
foreach(library bsd md tinfo)
  find_library(HIRATAKE_LIBEDIT_USES_${library} NAMES ${library} REQUIRED)
  list(APPEND HIRATAKE_LIBEDIT ${HIRATAKE_LIBEDIT_USES_${library}})
endforeach()

# There are no archives of date-tz and mimalloc, nor of all that libcurl and libpq use. Programs go without mimalloc;
# those with a cron timer, a Mailer, an HttpClient or PostgreSQL cannot be linked.
set(HIRATAKE_DATE_TZ date::date)
set(HIRATAKE_MIMALLOC "")
