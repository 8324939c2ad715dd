// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/diary.hpp"

#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/file.hpp"

namespace pillarbox::app {
namespace {

using Json = nlohmann::json;

constexpr std::string_view format_name = "pillarbox days 1";
constexpr std::size_t file_size_bytes_max = 1024;
constexpr std::chrono::days away_max{31};

std::optional<base::Day> day_in(const Json& json, const char* name) {
    const auto found = json.find(name);
    if (found == json.end() || !found->is_string()) {
        return std::nullopt;
    }
    const auto day = base::parse_day(found->get<std::string>());
    return day.has_value() ? std::optional(*day) : std::nullopt;
}

Json or_null(const std::optional<base::Day>& day) {
    return day.has_value() ? Json(base::format_day(*day)) : Json(nullptr);
}

}  // namespace

Diary::Diary(std::filesystem::path station_folder) : path_(std::move(station_folder) / "kiosk.days") {
    const auto bytes = base::read_file(path_, file_size_bytes_max);
    if (!bytes.has_value()) {
        return;
    }
    const Json json = Json::parse(bytes->begin(), bytes->end(), nullptr, /*allow_exceptions=*/false);
    if (json.is_object()) {
        last_day_ = day_in(json, "last_day");
        unsent_since_ = day_in(json, "unsent_since");
    }
}

std::uint64_t Diary::unsent_days(base::Day today) const {
    return unsent_since_.has_value() && today > *unsent_since_
               ? static_cast<std::uint64_t>((today - *unsent_since_).count())
               : 0;
}

void Diary::note(base::Day today, std::uint64_t unacknowledged) {
    const auto before = std::pair(last_day_, unsent_since_);
    const bool plausible = !last_day_.has_value() || (today >= *last_day_ && today - *last_day_ <= away_max);
    if (unacknowledged == 0) {
        unsent_since_.reset();
    } else if (!unsent_since_.has_value()) {
        unsent_since_ = plausible ? last_day_.value_or(today) : today;
    }
    if (plausible) {
        last_day_ = today;
    }
    if (before != std::pair(last_day_, unsent_since_)) {
        write();
    }
}

void Diary::accept(base::Day today) {
    last_day_ = today;
    if (unsent_since_.has_value() && *unsent_since_ > today) {
        unsent_since_ = today;
    }
    write();
}

// Failing costs staff a figure, nobody an answer.
void Diary::write() const {
    const Json json = {
        {"format", format_name}, {"last_day", or_null(last_day_)}, {"unsent_since", or_null(unsent_since_)}};
    const std::string text = json.dump() + '\n';
    static_cast<void>(base::write_file(path_, base::view_of(text), base::FileMode::owner_only));
}

}  // namespace pillarbox::app
