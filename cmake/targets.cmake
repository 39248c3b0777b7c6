# hiratake_library(NAME SOURCES ... DEPENDS ...): the static library of one folder of src/.
# DEPENDS names the folders (and packages) that this one may include; tools/layering.py holds the same table.
function(hiratake_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
  add_library(hiratake_${name} STATIC ${ARG_SOURCES})
  target_include_directories(hiratake_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include PRIVATE ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(hiratake_${name} PUBLIC ${ARG_DEPENDS} PRIVATE hiratake_warnings ${ARG_PRIVATE})
endfunction()

# hiratake_test(NAME SOURCES ... LINK ...): one GoogleTest program, each of its tests known to ctest, which ends it
# after TIMEOUT seconds (120). With HIRATAKE_RUN_UNIT_TESTS_WHOLE, a program of unit tests is one test: starting a
# process under a sanitizer takes longer than most tests do.
function(hiratake_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${ARG_LINK} GTest::gmock_main hiratake_warnings)
  if(NOT ARG_LABELS)
    set(ARG_LABELS unit)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  if(HIRATAKE_RUN_UNIT_TESTS_WHOLE AND ARG_LABELS STREQUAL "unit")
    add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
    set_tests_properties(${name} PROPERTIES LABELS unit TIMEOUT 600)
    return()
  endif()
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES LABELS ${ARG_LABELS} TIMEOUT ${ARG_TIMEOUT})
endfunction()
