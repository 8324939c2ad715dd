// SPDX-License-Identifier: GPL-3.0-or-later
//
// A loop ("begin loop over LIST") is written once and stands for a group of the same questions for each choice of the
// list: its texts say %(label)s or %(name)s, or the name of another column of the choices sheet, for the choice.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/form/form.hpp"
#include "core/form/table.hpp"

namespace pillarbox::form {

// What all loops of a form together may stand for.
inline constexpr std::size_t loop_rows_max = 20'000;
inline constexpr std::size_t loop_text_bytes_max = std::size_t{32} << 20U;

// How many of the rows belong to the loop that the first of them begins, with its end row; 0 where it has none.
[[nodiscard]] std::size_t rows_of_loop(const Table& table, std::span<const Row> rows);

// The rows with the choice's words in them, each column in its own language. Takes the size of their text off
// `bytes_left`; nothing where it does not suffice, so that a text which repeats itself can't fill the memory.
[[nodiscard]] std::optional<std::vector<Row>> rows_for_choice(const Table& table, std::span<const Row> rows,
                                                              const Choice& choice,
                                                              const std::string& default_language,
                                                              std::size_t& bytes_left);

}  // namespace pillarbox::form
