// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/edit_history.hpp"

#include <iterator>
#include <utility>

#include "accessibility/text/wiped_text.hpp"
#include "core/base/check.hpp"

namespace pillarbox::text {
namespace {

bool ends_in_space(std::string_view text) {
    return text.ends_with(' ') || text.ends_with('\n');
}

// A word and the space after it belong together; the next word does not.
bool begins_word(std::string_view before, std::string_view next) {
    return ends_in_space(before) && !next.starts_with(' ');
}

}  // namespace

EditHistory& EditHistory::operator=(EditHistory&& other) noexcept {
    if (this != &other) {
        clear();
        swap(other);
    }
    return *this;
}

void EditHistory::swap(EditHistory& other) noexcept {
    steps_.swap(other.steps_);
    std::swap(done_, other.done_);
    std::swap(size_bytes_, other.size_bytes_);
    std::swap(joins_, other.joins_);
}

void EditHistory::drop(std::deque<Edit>::iterator first, std::deque<Edit>::iterator last) {
    for (auto step = first; step != last; ++step) {
        size_bytes_ -= step->removed.size() + step->inserted.size();
        wipe(step->removed);
        wipe(step->inserted);
    }
    steps_.erase(first, last);
}

void EditHistory::clear() {
    drop(steps_.begin(), steps_.end());
    done_ = 0;
    joins_ = Joins::no;
}

bool EditHistory::join(std::size_t start, std::string_view removed, std::string_view inserted) {
    if (joins_ == Joins::no || steps_.empty()) {
        return false;
    }
    Edit& last = steps_.back();
    const bool typed = removed.empty() && !last.inserted.empty() && start == last.start + last.inserted.size();
    if (typed && !begins_word(last.inserted, inserted)) {
        replace_part(last.inserted, last.inserted.size(), 0, inserted);
        return true;
    }
    const bool deleted = inserted.empty() && last.inserted.empty();
    if (deleted && start + removed.size() == last.start) {  // backspace
        if (begins_word(removed, last.removed)) {
            return false;
        }
        replace_part(last.removed, 0, 0, removed);
        last.start = start;
        return true;
    }
    if (deleted && start == last.start && !begins_word(last.removed, removed)) {
        replace_part(last.removed, last.removed.size(), 0, removed);
        return true;
    }
    return false;
}

void EditHistory::record(std::size_t start, std::string_view removed, std::string_view inserted,
                         std::size_t caret_before, std::size_t anchor_before) {
    drop(steps_.begin() + static_cast<std::ptrdiff_t>(done_), steps_.end());
    if (!join(start, removed, inserted)) {
        Edit& step = steps_.emplace_back();
        step.start = start;
        step.removed = removed;
        step.inserted = inserted;
        step.caret_before = caret_before;
        step.anchor_before = anchor_before;
    }
    size_bytes_ += removed.size() + inserted.size();
    joins_ = Joins::yes;
    while (steps_.size() > steps_max || (size_bytes_ > size_bytes_max && !steps_.empty())) {
        drop(steps_.begin(), std::next(steps_.begin()));
    }
    done_ = steps_.size();
}

const Edit& EditHistory::undo() {
    PILLARBOX_CHECK(can_undo());
    joins_ = Joins::no;
    return steps_[--done_];
}

const Edit& EditHistory::redo() {
    PILLARBOX_CHECK(can_redo());
    joins_ = Joins::no;
    return steps_[done_++];
}

}  // namespace pillarbox::text
