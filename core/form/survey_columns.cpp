// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/survey_columns.hpp"

#include <algorithm>
#include <array>

namespace pillarbox::form {
namespace {

constexpr std::array names = {
    ColumnName{"type", "type"},
    ColumnName{"command", "type"},
    ColumnName{"name", "name"},
    ColumnName{"tag", "name"},
    ColumnName{"value", "name"},
    ColumnName{"label", "label"},
    ColumnName{"caption", "label"},
    ColumnName{"hint", "hint"},
    ColumnName{"guidance_hint", "guidance_hint"},
    ColumnName{"required", "required"},
    ColumnName{"bind::required", "required"},
    ColumnName{"required_message", "required_message"},
    ColumnName{"requiredmsg", "required_message"},
    ColumnName{"jr:requiredmsg", "required_message"},
    ColumnName{"bind::jr:requiredmsg", "required_message"},
    ColumnName{"relevant", "relevant"},
    ColumnName{"relevance", "relevant"},
    ColumnName{"bind::relevant", "relevant"},
    ColumnName{"constraint", "constraint"},
    ColumnName{"bind::constraint", "constraint"},
    ColumnName{"constraint_message", "constraint_message"},
    ColumnName{"constraint_msg", "constraint_message"},
    ColumnName{"constraintmsg", "constraint_message"},
    ColumnName{"jr:constraintmsg", "constraint_message"},
    ColumnName{"bind::jr:constraintmsg", "constraint_message"},
    ColumnName{"calculation", "calculation"},
    ColumnName{"calculate", "calculation"},
    ColumnName{"bind::calculate", "calculation"},
    ColumnName{"choice_filter", "choice_filter"},
    ColumnName{"default", "default"},
    ColumnName{"read_only", "read_only"},
    ColumnName{"readonly", "read_only"},
    ColumnName{"bind::readonly", "read_only"},
    ColumnName{"appearance", "appearance"},
    ColumnName{"control::appearance", "appearance"},
    ColumnName{"body::appearance", "appearance"},
    ColumnName{"parameters", "parameters"},
    ColumnName{"repeat_count", "repeat_count"},
    ColumnName{"count", "repeat_count"},
    ColumnName{"jr:count", "repeat_count"},
    ColumnName{"control::jr:count", "repeat_count"},
    ColumnName{"body::jr:count", "repeat_count"},
    ColumnName{"trigger", "trigger"},
    ColumnName{"save_to", "save_to"},
    ColumnName{"bind::entities:saveto", "save_to"},
    ColumnName{"accept", "body::accept"},
    ColumnName{"body::accept", "body::accept"},
    ColumnName{"control::accept", "body::accept"},
    ColumnName{"autoplay", "body::autoplay"},
    ColumnName{"body::autoplay", "body::autoplay"},
    ColumnName{"control::autoplay", "body::autoplay"},
    ColumnName{"constraining_message", "constraint_message"},
    ColumnName{"disabled", "disabled"},
    ColumnName{"image", "media::image"},
    ColumnName{"big-image", "media::big-image"},
    ColumnName{"audio", "media::audio"},
    ColumnName{"video", "media::video"},
    ColumnName{"media::image", "media::image"},
    ColumnName{"media::big-image", "media::big-image"},
    ColumnName{"media::audio", "media::audio"},
    ColumnName{"media::video", "media::video"},
};

constexpr std::array<std::string_view, 9> translated = {"label",
                                                        "hint",
                                                        "guidance_hint",
                                                        "media::image",
                                                        "media::audio",
                                                        "required_message",
                                                        "media::video",
                                                        "media::big-image",
                                                        "constraint_message"};

}  // namespace

Schema survey_schema() {
    return {names, translated};
}

bool is_instance_attribute(const Column& column) {
    return column.name.starts_with("instance::") && column.name.size() > std::string_view("instance::").size();
}

bool is_remark_column(std::string_view lower_case_header) {
    constexpr std::array<std::string_view, 8> remarks = {"comment", "comments", "note",   "notes",
                                                         "remark",  "remarks",  "author", "todo"};
    return lower_case_header.starts_with('#') || lower_case_header.starts_with('_') ||
           std::ranges::find(remarks, lower_case_header) != remarks.end();
}

}  // namespace pillarbox::form
