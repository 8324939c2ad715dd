// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/packs/summary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/bytes.hpp"
#include "core/form/question_type.hpp"

namespace pillarbox::packs {
namespace {

using form::Node;
using form::NodeType;

bool is_asked(const Node& node) {
    return form::is_asked(node.type) && !node.is_silent();
}

std::size_t questions_in(const Node& node) {
    std::size_t count = is_asked(node) ? 1 : 0;
    for (const Node& child : node.children) {
        count += questions_in(child);
    }
    return count;
}

// Anything seen by a person: a group of notes is a page too.
bool shows_anything(const Node& node) {
    if (node.type == NodeType::note || is_asked(node)) {
        return true;
    }
    for (const Node& child : node.children) {
        if (shows_anything(child)) {
            return true;
        }
    }
    return false;
}

std::size_t pages_in(const Node& node) {
    if (!shows_anything(node)) {
        return 0;
    }
    if (!node.is_container() || node.has_appearance("field-list")) {
        return 1;
    }
    std::size_t count = 0;
    for (const Node& child : node.children) {
        count += pages_in(child);
    }
    return count;
}

std::size_t missing_labels(const Node& node, std::string_view language) {
    const bool shown = is_asked(node) || node.type == NodeType::note;
    std::size_t count = shown && !node.label.empty() && !node.label.has(language) ? 1 : 0;
    for (const Node& child : node.children) {
        count += missing_labels(child, language);
    }
    return count;
}

}  // namespace

FormFigures figures_of(const form::Form& form) {
    FormFigures figures;
    for (const Node& node : form.nodes) {
        figures.questions += questions_in(node);
        figures.pages += pages_in(node);
    }
    for (const auto& [name, list] : form.choice_lists) {
        figures.choices += list.choices.size();
    }
    return figures;
}

std::string describe_form(const form::Form& form) {
    const FormFigures figures = figures_of(form);
    std::string text = fmt::format(
        "form       {} ({}), version {}\nquestions  {} on {} pages, {} choices\nlanguages  {}\n", form.title, form.id,
        form.version, figures.questions, figures.pages, figures.choices, fmt::join(form.languages, ", "));
    for (const std::string& language : form.languages) {
        std::size_t missing = 0;
        for (const Node& node : form.nodes) {
            missing += missing_labels(node, language);
        }
        if (missing > 0) {
            text +=
                fmt::format("note       questions without a label in {1}: {0}; the default language is shown there\n",
                            missing, language);
        }
    }
    return text;
}

std::string describe_campaign(const campaign::Campaign& campaign) {
    std::string text = fmt::format(
        "campaign   {}\nversion    {}\nopen       {} to {}\nwithdraw   until {}\nexpires    {}\n", campaign.id,
        campaign.version, base::format_day(campaign.opens), base::format_day(campaign.closes),
        base::format_day(campaign.withdraw_until), base::format_day(campaign.expires));
    text += describe_form(*campaign.form);
    for (const envelope::Recipient& recipient : campaign.recipients) {
        text += fmt::format("recipient  {}\n", envelope::format_recipient(recipient));
    }
    return text + fmt::format("digest     {}\n", base::to_hex(campaign.pack_digest));
}

}  // namespace pillarbox::packs
