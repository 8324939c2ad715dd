// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/report/coding_file.hpp"

#include <nlohmann/json.hpp>

#include "core/base/bytes.hpp"

namespace pillarbox::report {
namespace {

using Json = nlohmann::json;

class Reader {
  public:
    explicit Reader(std::string_view where) : where_(where) {}

    base::Result<Coding> read(std::string_view text) {
        const Json json = Json::parse(text, nullptr, false);
        if (!json.is_object() || json.value("format", Json()) != "pillarbox-coding-1") {
            return problem("format", "This is no coding file.");
        }
        Coding coding;
        for (const Json& item : TRY(list_in(json, "themes"))) {
            coding.themes.push_back({TRY(text_in(item, "themes", "name")), TRY(text_in(item, "themes", "label"))});
        }
        for (const Json& item : TRY(list_in(json, "tags"))) {
            coding.tags.push_back({TRY(uuid_in(item, "tags")), TRY(text_in(item, "tags", "path")),
                                   TRY(text_in(item, "tags", "theme"))});
        }
        for (const Json& item : TRY(list_in(json, "quotes"))) {
            ChosenQuote quote{TRY(uuid_in(item, "quotes")), TRY(text_in(item, "quotes", "path")), {}, {}};
            quote.text = item.contains("text") ? TRY(text_in(item, "quotes", "text")) : "";
            quote.theme = item.contains("theme") ? TRY(text_in(item, "quotes", "theme")) : "";
            coding.quotes.push_back(std::move(quote));
        }
        coding.findings = TRY(texts_in(json, "findings"));
        coding.recommendations = TRY(texts_in(json, "recommendations"));
        return coding;
    }

  private:
    [[nodiscard]] std::unexpected<base::Error> problem(std::string_view field, std::string what) const {
        return base::fail(base::ErrorCode::malformed, where_ + ", " + std::string(field), std::move(what),
                          "See docs/formats/report.md.");
    }

    base::Result<Json> list_in(const Json& json, std::string_view field) const {
        const auto found = json.find(field);
        if (found == json.end()) {
            return Json::array();
        }
        if (!found->is_array()) {
            return problem(field, "This is no list.");
        }
        return *found;
    }

    base::Result<std::string> text_in(const Json& item, std::string_view list, std::string_view field) const {
        if (!item.is_object() || !item.contains(field) || !item[std::string(field)].is_string()) {
            return problem(list, "An entry lacks the text \"" + std::string(field) + "\".");
        }
        return item[std::string(field)].get<std::string>();
    }

    // "uuid:1b4e28ba-2fa1-...", as KEY in the exports.
    base::Result<submission::Uuid> uuid_in(const Json& item, std::string_view list) const {
        const std::string key = TRY(text_in(item, list, "response"));
        std::string digits;
        for (const char letter : std::string_view(key).substr(std::min<std::size_t>(5, key.size()))) {
            digits += letter == '-' ? "" : std::string(1, letter);
        }
        const auto bytes = base::from_hex(digits);
        submission::Uuid uuid{};
        if (!bytes.has_value() || bytes->size() != uuid.size() || !key.starts_with("uuid:")) {
            return problem(list, "An entry's \"response\" is no key of a response.");
        }
        std::copy(bytes->begin(), bytes->end(), uuid.begin());
        return uuid;
    }

    base::Result<std::vector<std::string>> texts_in(const Json& json, std::string_view field) const {
        std::vector<std::string> texts;
        for (const Json& item : TRY(list_in(json, field))) {
            if (!item.is_string()) {
                return problem(field, "An entry is no text.");
            }
            texts.push_back(item.get<std::string>());
        }
        return texts;
    }

    std::string where_;
};

}  // namespace

base::Result<Coding> read_coding(std::string_view json, std::string_view where) {
    return Reader(where).read(json);
}

}  // namespace pillarbox::report
