// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a text editor can take back. A step is what a person thinks of as one: a word with the space after it, a run
// of deletions, a selection that was replaced. Bounded in steps and bytes (the oldest go first), and everything that
// goes is overwritten.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace pillarbox::text {

// At `start`, `removed` gave way to `inserted`.
struct Edit {
    std::size_t start = 0;  // bytes
    std::string removed;
    std::string inserted;
    std::size_t caret_before = 0;
    std::size_t anchor_before = 0;
};

class EditHistory {
  public:
    static constexpr std::size_t steps_max = 200;
    static constexpr std::size_t size_bytes_max = 64 * 1024;  // of removed and inserted text together

    EditHistory() = default;
    ~EditHistory() { clear(); }
    EditHistory(const EditHistory&) = delete;
    EditHistory& operator=(const EditHistory&) = delete;
    EditHistory(EditHistory&& other) noexcept { swap(other); }
    EditHistory& operator=(EditHistory&& other) noexcept;

    // Joins the step before where the two are one stroke of writing or deleting. Whatever was undone can't be redone
    // any more.
    void record(std::size_t start, std::string_view removed, std::string_view inserted, std::size_t caret_before,
                std::size_t anchor_before);
    void end_step() { joins_ = Joins::no; }  // the caret went elsewhere: the next edit is a step of its own
    void clear();

    [[nodiscard]] bool can_undo() const { return done_ > 0; }
    [[nodiscard]] bool can_redo() const { return done_ < steps_.size(); }
    // The step to take back, or to do again. It stays here, and is the other's next.
    [[nodiscard]] const Edit& undo();
    [[nodiscard]] const Edit& redo();

  private:
    enum class Joins { no, yes };
    void swap(EditHistory& other) noexcept;
    [[nodiscard]] bool join(std::size_t start, std::string_view removed, std::string_view inserted);
    void drop(std::deque<Edit>::iterator first, std::deque<Edit>::iterator last);

    std::deque<Edit> steps_;  // a deque, because a vector would move short texts about and leave them behind
    std::size_t done_ = 0;    // of steps_; those after it have been undone
    std::size_t size_bytes_ = 0;
    Joins joins_ = Joins::no;
};

}  // namespace pillarbox::text
