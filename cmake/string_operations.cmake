# g++ 12 clears and copies what is larger than a few words with `rep stos` and `rep movs`, which take dozens of cycles
# to begin, and a profile makes it choose them more often: a twelfth of the samples of calls over memory:// lay there.
# So: plain stores for what has a fixed size, and the C library, which knows the processor, for the rest.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set(clear_with "-mmemset-strategy=vector_loop:512:noalign,libcall:-1:noalign")
  set(copy_with "-mmemcpy-strategy=libcall:-1:noalign")
  add_compile_options("$<$<CONFIG:Release>:${clear_with};${copy_with}>")
endif()
