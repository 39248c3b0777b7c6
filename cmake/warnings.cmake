# hiratake_warnings: what every target of this project is compiled with.
add_library(hiratake_warnings INTERFACE)
target_compile_options(hiratake_warnings INTERFACE
  -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wconversion -Wsign-conversion)
if(HIRATAKE_WARNINGS_AS_ERRORS)
  target_compile_options(hiratake_warnings INTERFACE -Werror)
endif()
