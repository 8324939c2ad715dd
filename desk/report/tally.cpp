// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/report/tally.hpp"

#include <algorithm>
#include <numeric>

namespace pillarbox::report {
namespace {

// Choices stand in the answer with a space between them.
bool is_ticked(std::string_view answer, std::string_view choice) {
    for (std::size_t start = answer.find(choice); start != std::string_view::npos;
         start = answer.find(choice, start + 1)) {
        const std::size_t end = start + choice.size();
        if ((start == 0 || answer[start - 1] == ' ') && (end == answer.size() || answer[end] == ' ')) {
            return true;
        }
    }
    return false;
}

std::string trait_of(const exports::Record& record, std::string_view trait) {
    if (trait == "station") {
        return record.station;
    }
    if (trait == "language") {
        return record.submission.language;
    }
    return record.submission.assisted ? "yes" : "no";
}

}  // namespace

std::int64_t Counted::both(std::size_t variable, std::size_t category, std::size_t breakdown,
                           std::size_t breakdown_category) const {
    const std::vector<std::int64_t>& counts = crossed_[slots_[breakdowns[breakdown]][breakdown_category]];
    const std::size_t slot = slots_[variable][category];
    return slot < counts.size() ? counts[slot] : 0;
}

Tally::Tally(const form::Form& form, std::set<submission::Uuid> tagged) : watched_(std::move(tagged)) {
    for (AskedVariable& asked : variables_of(form)) {
        Counting counting{.variable = std::move(asked.variable), .path = std::move(asked.path)};
        for (const Category& category : counting.variable.categories) {
            counting.place.emplace(category.name, counting.slots.size());
            counting.slots.push_back(new_slot());
        }
        counting.listed = counting.slots.size();
        const bool lists_it = counting.variable.kind == VariableKind::ticked;
        counting.otherwise = lists_it ? counting.slots.back() : new_slot();
        if (!counting.path.empty()) {
            by_path_[counting.path].push_back(all_.size());
        }
        if (counting.variable.section == Section::question) {
            questions_.push_back(all_.size());
        }
        all_.push_back(std::move(counting));
    }
    for (const std::string_view id : breakdown_ids) {
        for (std::size_t index = 0; index < all_.size(); ++index) {
            if (all_[index].variable.id == id) {
                breakdowns_.push_back(index);
            }
        }
    }
}

std::size_t Tally::new_slot() {
    counts_.push_back(0);
    counted_.crossed_.emplace_back();
    return counts_.size() - 1;
}

void Tally::take_category(Counting& counting, const std::string& name) {
    const auto [found, is_new] = counting.place.emplace(name, counting.slots.size());
    if (is_new) {
        counting.slots.push_back(new_slot());
        counting.variable.categories.push_back({name, name});
    }
    counting.now = counting.slots[found->second];
}

void Tally::take_answer(Counting& counting, const std::string& value) {
    switch (counting.variable.kind) {
        case VariableKind::one_of:
            take_category(counting, value);
            return;
        case VariableKind::ticked: {
            const std::string_view choice =
                std::string_view(counting.variable.id).substr(counting.variable.question.size() + 1);
            counting.now = counting.slots[is_ticked(value, choice) ? 0 : 1];
            return;
        }
        case VariableKind::written:
            counting.now = counting.slots[0];
            return;
    }
}

void Tally::add(const exports::Record& record) {
    ++counted_.responses;
    for (Counting& counting : all_) {
        counting.now = counting.otherwise;
    }
    for (const form::Answer& answer : record.submission.answers) {
        const auto found = by_path_.find(answer.path);
        if (found != by_path_.end()) {
            for (const std::size_t index : found->second) {
                take_answer(all_[index], answer.value);
            }
        }
    }
    for (Counting& counting : all_) {
        if (counting.variable.section == Section::trait) {
            take_category(counting, trait_of(record, counting.variable.id));
        }
        ++counts_[counting.now];
    }
    for (const std::size_t breakdown : breakdowns_) {
        std::vector<std::int64_t>& crossed = counted_.crossed_[all_[breakdown].now];
        crossed.resize(counts_.size());
        for (const std::size_t question : questions_) {
            ++crossed[all_[question].now];
        }
    }
    if (watched_.contains(record.submission.uuid)) {
        std::set<std::string>& written = counted_.tagged[record.submission.uuid];
        for (const Counting& counting : all_) {
            if (counting.variable.kind == VariableKind::written && counting.now != counting.otherwise) {
                written.insert(counting.variable.id);
            }
        }
    }
}

// First what the form lists, in its order; then by name what it does not, which a choice of another version of the
// form was. "No answer" is a category only where somebody gave none.
void Tally::finish_one(Counting& counting) {
    Variable& variable = counting.variable;
    std::vector<std::size_t> order(variable.categories.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order.begin() + static_cast<std::ptrdiff_t>(counting.listed), order.end(), {},
                      [&](std::size_t place) -> const std::string& { return variable.categories[place].name; });
    std::vector<Category> categories;
    std::vector<std::size_t> slots;
    for (const std::size_t place : order) {
        Category category = variable.categories[place];
        if (variable.section == Section::trait) {
            category.label = trait_in_words(variable.id, category.name);
        }
        category.count = counts_[counting.slots[place]];
        categories.push_back(std::move(category));
        slots.push_back(counting.slots[place]);
    }
    if (variable.kind != VariableKind::ticked && counts_[counting.otherwise] > 0) {
        categories.push_back({std::string(no_answer), "No answer", counts_[counting.otherwise]});
        slots.push_back(counting.otherwise);
    }
    variable.categories = std::move(categories);
    counted_.variables.push_back(std::move(variable));
    counted_.slots_.push_back(std::move(slots));
}

Counted Tally::finish() {
    for (Counting& counting : all_) {
        finish_one(counting);
    }
    counted_.breakdowns = breakdowns_;
    return std::move(counted_);
}

}  // namespace pillarbox::report
