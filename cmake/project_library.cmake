# SPDX-License-Identifier: GPL-3.0-or-later
# A folder is a library is a namespace. These functions take every .cpp of the folder they are called in, so that adding a
# file needs no edit here (CONFIGURE_DEPENDS sees it at the next build).

# project_library(core_base LINKS fmt::fmt)   static library of this folder
# Sources named in EXCEPT stay out: the main files of programs in the same folder. The release preset compiles several sources of a
# folder at once (a unity build: half the time); SEPARATE is for folders whose sources use one name for different private things.
function(project_library name)
  cmake_parse_arguments(ARG "SEPARATE" "" "LINKS;EXCEPT" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  foreach(left_out IN LISTS ARG_EXCEPT)
    list(REMOVE_ITEM sources "${CMAKE_CURRENT_SOURCE_DIR}/${left_out}")
  endforeach()
  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC pillarbox_options ${ARG_LINKS})
    if(ARG_SEPARATE)
      set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)
    endif()
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE pillarbox_options ${ARG_LINKS})
  endif()
endfunction()

# `cmake --build --preset release --target programs` builds all programs and no test.
add_custom_target(programs)

# project_program(pillarbox-sync SOURCES main.cpp LINKS sync_client)
function(project_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  add_dependencies(programs ${name})
  target_link_libraries(${name} PRIVATE pillarbox_options ${ARG_LINKS})
endfunction()

# project_tests(core_base LINKS core_base)   Catch2 program of the .cpp files of this folder, each test case known to ctest.
# TEST_TIMEOUT is in seconds, for each test case. LABELS go to ctest -L.
function(project_tests name)
  cmake_parse_arguments(ARG "SERIAL;OPENS_WINDOW" "TEST_TIMEOUT" "LINKS;LABELS" ${ARGN})
  if(NOT ARG_TEST_TIMEOUT)
    set(ARG_TEST_TIMEOUT 120)
  endif()
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  if(NOT sources)
    return()
  endif()
  add_executable(test_${name} ${sources})
  set_target_properties(test_${name} PROPERTIES UNITY_BUILD OFF)  # each file has small helpers of common names
  target_link_libraries(test_${name} PRIVATE tests_support pillarbox_options ${ARG_LINKS})
  if(PILLARBOX_SANITIZE)
    target_compile_options(test_${name} PRIVATE -O0)  # Catch's macros under sanitizers take twice as long to optimise
  endif()
  # One label of all, for `ctest -L` looks for a part: a list's second label would be taken for the next property's name.
  set(labels ${name} ${ARG_LABELS})
  list(JOIN labels "," labels)
  set(properties TIMEOUT ${ARG_TEST_TIMEOUT} SKIP_REGULAR_EXPRESSION "SKIPPED: " LABELS "${labels}")
  if(ARG_OPENS_WINDOW)
    string(APPEND properties ";ENVIRONMENT;${PILLARBOX_WINDOW_TEST_ENVIRONMENT}")
  else()
    string(APPEND properties ";ENVIRONMENT;${PILLARBOX_TEST_ENVIRONMENT}")
  endif()
  if(ARG_SERIAL)
    list(APPEND properties RUN_SERIAL ON)
  endif()
  catch_discover_tests(test_${name} TEST_PREFIX "${name}: " EXTRA_ARGS --warn NoTests
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}" PROPERTIES ${properties})
endfunction()
