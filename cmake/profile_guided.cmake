# The two steps of tools/build_profile_guided.sh: HIRATAKE_RECORD_PROFILE, then HIRATAKE_USE_PROFILE.
# What an object has counted is found by its path below the build folder, which is another one in the second step.
if(HIRATAKE_RECORD_PROFILE OR HIRATAKE_USE_PROFILE)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    message(FATAL_ERROR "Profile-guided builds are made with g++, not with ${CMAKE_CXX_COMPILER}: set CXX=g++")
  endif()
  add_compile_options(-fprofile-prefix-path=${CMAKE_BINARY_DIR})
endif()
if(HIRATAKE_RECORD_PROFILE)
  add_compile_options(-fprofile-generate=${HIRATAKE_RECORD_PROFILE} -fprofile-update=atomic)
  add_link_options(-fprofile-generate)
endif()
if(HIRATAKE_USE_PROFILE)
  # What was never taken in training is compiled as it would be without.
  add_compile_options(-fprofile-use=${HIRATAKE_USE_PROFILE} -fprofile-partial-training -Wno-missing-profile)
endif()
