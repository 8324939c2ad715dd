// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/exports/words.hpp"

#include <algorithm>

namespace pillarbox::exports {
namespace {

std::string label_of_choice(const form::Form& form, const form::ChoiceList& list, std::string_view name,
                            std::string_view language) {
    const auto found =
        std::ranges::find_if(list.choices, [&](const form::Choice& choice) { return choice.name == name; });
    if (found == list.choices.end() || found->label.empty()) {
        return std::string(name);
    }
    const std::string& label = found->label.in(language, form.default_language);
    return label.empty() ? std::string(name) : label;
}

}  // namespace

std::string answer_in_words(const form::Form& form, const form::Node& node, std::string_view answer,
                            std::string_view language) {
    const form::ChoiceList* list = form.choices_of(node);
    if (list == nullptr) {
        return std::string(answer);
    }
    if (node.type == form::NodeType::select_one) {
        return label_of_choice(form, *list, answer, language);
    }
    std::string words;
    while (!answer.empty()) {
        const std::size_t space = answer.find(' ');
        words += (words.empty() ? "" : "; ") + label_of_choice(form, *list, answer.substr(0, space), language);
        answer = space == std::string_view::npos ? std::string_view{} : answer.substr(space + 1);
    }
    return words;
}

std::string question_in_words(const form::Form& form, const form::Node& node, std::string_view language) {
    const std::string& label = node.label.in(language, form.default_language);
    if (label.empty()) {
        return node.name;
    }
    std::string line;
    for (const char letter : label) {
        line += (letter == '\n' || letter == '\r' || letter == '\t') ? ' ' : letter;
    }
    const std::size_t start = line.find_first_not_of("# ");
    return start == std::string::npos ? node.name : line.substr(start);
}

}  // namespace pillarbox::exports
