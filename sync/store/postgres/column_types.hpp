// SPDX-License-Identifier: GPL-3.0-or-later
//
// What PostgreSQL calls the types of columns and parameters: numbers of its catalogue pg_type, which never change.
#pragma once

namespace pillarbox::postgres_storage {

inline constexpr unsigned bool_type = 16;
inline constexpr unsigned bytea_type = 17;
inline constexpr unsigned int8_type = 20;
inline constexpr unsigned text_type = 25;
inline constexpr unsigned bytea_array_type = 1001;
inline constexpr unsigned text_array_type = 1009;
inline constexpr unsigned int8_array_type = 1016;

}  // namespace pillarbox::postgres_storage
