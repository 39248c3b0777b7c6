# HIRATAKE_SANITIZE applies to the whole tree: mixing instrumented and plain code hides errors.
if(HIRATAKE_SANITIZE)
  add_compile_options(-fsanitize=${HIRATAKE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${HIRATAKE_SANITIZE})
  # Asio reuses freed handler memory, which would hide a use after free.
  add_compile_definitions(BOOST_ASIO_DISABLE_SMALL_BLOCK_RECYCLING)
  if(HIRATAKE_SANITIZE MATCHES "thread")
    add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
    add_compile_options(-Wno-tsan)
  endif()
endif()
