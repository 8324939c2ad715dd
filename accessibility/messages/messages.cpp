// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/messages/messages.hpp"

#include <algorithm>
#include <system_error>

#include "accessibility/messages/catalogue_file.hpp"

namespace pillarbox::messages {
namespace {

std::string_view without_region(std::string_view language) {
    return language.substr(0, language.find_first_of("-_"));
}

}  // namespace

base::Result<Messages> Messages::open(const std::filesystem::path& folder) {
    std::error_code problem;
    std::filesystem::directory_iterator at(folder, problem);
    if (problem) {
        return base::fail(base::ErrorCode::not_found, folder.string(), "The folder of translations can't be read.",
                          "Install Pillarbox again, or name the folder assets/locales.");
    }
    Messages messages;
    for (; at != std::filesystem::directory_iterator(); at.increment(problem)) {
        if (const auto& path = at->path(); path.extension() == ".po") {
            messages.catalogues_[path.stem().string()].file = path;
        }
    }
    return messages;
}

base::Result<Messages> Messages::load(const std::filesystem::path& folder) {
    auto messages = TRY(open(folder));
    for (auto& [language, catalogue] : messages.catalogues_) {
        TRY(read(catalogue));
    }
    return messages;
}

base::Result<void> Messages::need(std::string_view language) {
    auto found = catalogues_.find(language);
    if (found == catalogues_.end()) {
        found = catalogues_.find(without_region(language));
    }
    return found == catalogues_.end() ? base::Result<void>{} : read(found->second);
}

base::Result<void> Messages::read(Catalogue& catalogue) {
    if (catalogue.file.empty()) {
        return {};
    }
    auto file = TRY(read_catalogue(catalogue.file));
    catalogue.review = std::string_view(file.review) == "reviewed" ? Review::reviewed : Review::unreviewed;
    if (!file.plural_forms.empty()) {
        catalogue.plural_rule = TRY(PluralRule::parse(file.plural_forms));
    }
    for (auto& entry : file.entries) {
        if (entry.state == CatalogueEntry::State::translated) {
            catalogue.forms.insert_or_assign(std::move(entry.key), std::move(entry.forms));
        }
    }
    catalogue.file.clear();
    return {};
}

const Messages::Catalogue* Messages::catalogue_of(std::string_view language) const {
    auto found = catalogues_.find(language);
    if (found == catalogues_.end()) {
        found = catalogues_.find(without_region(language));
    }
    return found == catalogues_.end() ? nullptr : &found->second;
}

std::string Messages::text(std::string_view language, std::string_view english) const {
    return text_in_context(language, {}, english);
}

std::string Messages::text_in_context(std::string_view language, std::string_view context,
                                      std::string_view english) const {
    if (const auto* catalogue = catalogue_of(language); catalogue != nullptr) {
        if (const auto found = catalogue->forms.find(key_of(context, english)); found != catalogue->forms.end()) {
            return found->second.front();
        }
    }
    return std::string(english);
}

std::string Messages::plural(std::string_view language, std::string_view one, std::string_view many,
                             std::uint64_t count) const {
    if (const auto* catalogue = catalogue_of(language); catalogue != nullptr) {
        if (const auto found = catalogue->forms.find(one); found != catalogue->forms.end()) {
            const auto form = std::min(catalogue->plural_rule.form_of(count), found->second.size() - 1);
            return found->second[form];
        }
    }
    return std::string(count == 1 ? one : many);
}

std::vector<std::string> Messages::languages() const {
    std::vector<std::string> result;
    for (const auto& [language, catalogue] : catalogues_) {
        result.push_back(language);
    }
    return result;
}

std::vector<std::string> Messages::english_texts(std::string_view language) const {
    std::vector<std::string> result;
    if (const auto* catalogue = catalogue_of(language); catalogue != nullptr) {
        for (const auto& [english, forms] : catalogue->forms) {
            result.push_back(english);
        }
    }
    return result;
}

Review Messages::review_of(std::string_view language) const {
    const auto* catalogue = catalogue_of(language);
    return catalogue == nullptr && language.starts_with("en") ? Review::reviewed
           : catalogue == nullptr                             ? Review::unreviewed
                                                              : catalogue->review;
}

const PluralRule* Messages::plural_rule_of(std::string_view language) const {
    const auto* catalogue = catalogue_of(language);
    return catalogue == nullptr ? nullptr : &catalogue->plural_rule;
}

std::string fill(std::string_view text, Values values) {
    std::string result;
    while (!text.empty()) {
        const auto open = std::min(text.find('{'), text.size());
        result += text.substr(0, open);
        text.remove_prefix(open);
        const auto close = text.find('}');
        if (close == std::string_view::npos) {
            break;
        }
        const auto name = text.substr(1, close - 1);
        const auto found = std::ranges::find(values, name, &std::pair<std::string_view, std::string_view>::first);
        result += found == values.end() ? text.substr(0, close + 1) : found->second;
        text.remove_prefix(close + 1);
    }
    return result + std::string(text);
}

}  // namespace pillarbox::messages
