# SPDX-License-Identifier: GPL-3.0-or-later
# Compiler settings of every target, in one INTERFACE target. Warnings are errors where a preset says so (PILLARBOX_WERROR).
option(PILLARBOX_WERROR "Treat warnings as errors" OFF)
set(PILLARBOX_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them (address,undefined or thread)")
option(PILLARBOX_FUZZ "Build the libFuzzer targets of tests/fuzz (clang only)" OFF)

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

add_library(pillarbox_options INTERFACE)
target_include_directories(pillarbox_options INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_definitions(pillarbox_options INTERFACE
  PILLARBOX_VERSION="${PROJECT_VERSION}" $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2>)
target_compile_options(pillarbox_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -fstack-protector-strong)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # TRY is a statement expression: it is marked __extension__, which clang does not carry through the macro.
  target_compile_options(pillarbox_options INTERFACE -Wno-gnu-statement-expression-from-macro-expansion)
endif()
if(PILLARBOX_WERROR)
  target_compile_options(pillarbox_options INTERFACE -Werror)
endif()
if(PILLARBOX_SANITIZE)
  target_compile_options(pillarbox_options INTERFACE
    "-fsanitize=${PILLARBOX_SANITIZE}" -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(pillarbox_options INTERFACE "-fsanitize=${PILLARBOX_SANITIZE}")
endif()
