// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/sender.hpp"

#include <charconv>
#include <utility>

#include "core/base/exit_code.hpp"

namespace pillarbox::app {
namespace {

// The next number in a line of words and numbers; the line goes on behind it.
std::optional<std::uint64_t> next_number(std::string_view& line) {
    const auto start = line.find_first_of("0123456789");
    if (start == std::string_view::npos) {
        return std::nullopt;
    }
    line.remove_prefix(start);
    std::uint64_t number = 0;
    const auto read = std::from_chars(line.data(), line.data() + line.size(), number);
    line.remove_prefix(static_cast<std::size_t>(read.ptr - line.data()));
    return read.ec == std::errc{} ? std::optional(number) : std::nullopt;
}

}  // namespace

staff::SendingResult result_of_exit(int exit_code) {
    using staff::SendingResult;
    switch (static_cast<base::ExitCode>(exit_code)) {
        case base::ExitCode::success:
            return SendingResult::all_safe;
        case base::ExitCode::network:
            return SendingResult::no_network;
        case base::ExitCode::trust:
            return SendingResult::refused_trust;
        case base::ExitCode::machine:
            return SendingResult::busy;
        case base::ExitCode::damaged:
            return SendingResult::damaged;
        case base::ExitCode::internal:
        case base::ExitCode::usage:
        case base::ExitCode::bad_input:
            break;
    }
    return SendingResult::failed;
}

void Sender::start() {
    result_ = {};
    refusal_.reset();
    told_result_ = false;
    asked_to_stop_ = false;
    not_started_.reset();
    auto child = base::ChildProcess::start(program_, {"run", "--progress", "--station", station_folder_.string()});
    if (child.has_value()) {
        child_.emplace(*std::move(child));
    } else {
        not_started_ = child.error().code == base::ErrorCode::not_found ? staff::SendingResult::not_installed
                                                                        : staff::SendingResult::failed;
    }
}

void Sender::stop() {
    if (child_.has_value()) {
        asked_to_stop_ = true;
        child_->ask_to_stop();
    }
}

void Sender::read_line(std::string_view line, std::vector<staff::Event>& news) {
    if (line == "refused revoked" || line == "refused closed") {
        refusal_ = line.ends_with("revoked") ? staff::SendingResult::revoked : staff::SendingResult::closed;
        return;
    }
    const bool is_progress = line.starts_with("progress ");
    const bool is_result = line.starts_with("result ");
    const auto first = next_number(line);
    const auto second = next_number(line);
    if (!first.has_value() || !second.has_value()) {
        return;
    }
    if (is_progress) {
        news.emplace_back(staff::SendingProgress{*first, *second});
    } else if (is_result) {
        result_.sent = *first;
        result_.kept = *second;
        told_result_ = true;
    }
}

std::vector<staff::Event> Sender::news() {
    std::vector<staff::Event> news;
    if (not_started_.has_value()) {
        news.emplace_back(staff::SendingEnded{.result = *std::exchange(not_started_, std::nullopt)});
        return news;
    }
    if (!child_.has_value()) {
        return news;
    }
    const auto exit_code = child_->ended();  // before the lines: all have come where it has ended
    for (const auto& line : child_->new_lines()) {
        read_line(line, news);
    }
    if (!exit_code.has_value()) {
        return news;
    }
    child_.reset();
    result_.result = result_of_exit(*exit_code);
    if (*exit_code == 0 && (!told_result_ || result_.kept > 0)) {
        result_.result = told_result_ ? staff::SendingResult::some_kept : staff::SendingResult::failed;
    }
    if (*exit_code != 0 && refusal_.has_value()) {
        result_.result = *refusal_;
    }
    if (*exit_code != 0 && asked_to_stop_) {
        result_.result = staff::SendingResult::cancelled;
    }
    news.emplace_back(result_);
    return news;
}

}  // namespace pillarbox::app
