// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/campaign_sheet.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "core/campaign/campaign.hpp"

namespace pillarbox::campaign {
namespace {

constexpr std::string_view sheet_name = "campaign";
constexpr std::size_t id_size_max = 64;  // as batches have it
// What every respondent is told before and after answering.
constexpr std::array<std::string_view, 9> required_texts = {
    "title",         "committee", "purpose", "safety_notice", "use_notice", "quotation_notice", "withdrawal_notice",
    "others_notice", "complaints"};

class SheetReader {
  public:
    SheetReader(const form::Form& form, std::string_view where) : form_(form), where_(where) {}

    // What the sheet says, as far as it can be read; problems() says what is wrong with it.
    CampaignSheet read() {
        CampaignSheet result;
        const auto sheet = form_.other_sheets.find(sheet_name);
        if (sheet == form_.other_sheets.end()) {
            complain("", "The workbook has no sheet \"campaign\".", "Add it: see the guide for officers.");
            return result;
        }
        index_rows(sheet->second);
        result.campaign_id = read_id();
        const auto opens = read_day("opens");
        const auto closes = read_day("closes");
        const auto withdraw_until = read_day("withdraw_until");
        if (opens && closes && withdraw_until) {
            result.opens = *opens;
            result.closes = *closes;
            result.withdraw_until = *withdraw_until;
            check_order(result);
        }
        check_required_texts();
        for (const auto& [name, row] : rows_) {
            if (form::LocalizedText text = text_of(*row); !text.empty()) {
                result.texts.emplace(name, std::move(text));
            }
        }
        return result;
    }

    [[nodiscard]] std::vector<base::Error>& problems() { return problems_; }

  private:
    static std::string_view cell(const form::SheetRow& row, std::string_view column) {
        const auto found = row.find(column);
        return found == row.end() ? std::string_view{} : std::string_view(found->second);
    }

    // "label::English (en)" holds the language "en"; "label" alone holds the one without a name.
    static form::LocalizedText text_of(const form::SheetRow& row) {
        form::LocalizedText text;
        for (const auto& [column, value] : row) {
            if (value.empty() || !column.starts_with("label")) {
                continue;
            }
            const std::string_view rest = std::string_view(column).substr(std::string_view("label").size());
            if (rest.empty()) {
                text.set("", value);
            } else if (rest.starts_with("::")) {
                text.set(code_of(rest.substr(2)), value);
            }
        }
        return text;
    }

    static std::string code_of(std::string_view language) {
        const std::size_t open = language.rfind('(');
        const std::size_t close = language.rfind(')');
        if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
            return std::string(language);
        }
        return std::string(language.substr(open + 1, close - open - 1));
    }

    void index_rows(const std::vector<form::SheetRow>& rows) {
        for (const form::SheetRow& row : rows) {
            const std::string_view name = cell(row, "name");
            if (name.empty()) {
                if (std::ranges::any_of(row, [](const auto& entry) { return !entry.second.empty(); })) {
                    complain("", "A row has no name.", "Fill in its \"name\" column or empty the row.");
                }
                continue;
            }
            if (!rows_.emplace(std::string(name), &row).second) {
                complain(name, "There are two rows of this name.", "Remove one of them.");
            }
        }
    }

    // Empty where it is not there, which is a problem.
    std::string_view value(std::string_view name) {
        const auto row = rows_.find(name);
        if (row == rows_.end()) {
            complain(name, "This row is missing.", "Add it, with its value in the \"value\" column.");
            return {};
        }
        const std::string_view text = cell(*row->second, "value");
        if (text.empty()) {
            complain(name, "Its \"value\" is empty.", "Fill it in.");
        }
        return text;
    }

    std::optional<base::Day> read_day(std::string_view name) {
        const std::string_view text = value(name);
        if (text.empty()) {
            return std::nullopt;
        }
        const auto day = base::parse_day(text);
        if (!day.has_value()) {
            complain(name, "Its \"value\" is not a date.", day.error().remedy);
            return std::nullopt;
        }
        return *day;
    }

    // Here as well as in the pack, so that `campaign check` names the row before anybody builds one.
    void check_order(const CampaignSheet& sheet) {
        if (sheet.closes < sheet.opens) {
            complain("closes", "The campaign closes before it opens.", "Correct one of the two dates.");
        }
        if (sheet.withdraw_until < sheet.opens) {
            complain("withdraw_until", "The last day to withdraw is before the campaign opens.",
                     "Correct one of the two dates.");
        }
    }

    // The id stands in file names and addresses, so it keeps to letters that need no quoting anywhere.
    std::string read_id() {
        const std::string_view id = value("campaign_id");
        const bool plain = std::ranges::all_of(id, [](char letter) {
            return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
        });
        if (!plain || id.size() > id_size_max) {
            complain("campaign_id", "Its \"value\" is no campaign id.",
                     "Use at most 64 small letters, digits and hyphens.");
        }
        return std::string(id);
    }

    // A notice that is missing in one language would leave some people uninformed: refuse the pack instead.
    void check_required_texts() {
        for (const std::string_view name : required_texts) {
            const auto row = rows_.find(name);
            if (row == rows_.end()) {
                complain(name, "This row is missing.", "Add it, with a label in every language of the form.");
                continue;
            }
            const form::LocalizedText text = text_of(*row->second);
            if (text.empty()) {
                complain(name, "It has no label.", "Add a label in every language of the form.");
                continue;
            }
            for (const std::string& language : form_.languages) {
                if (!text.has(language)) {
                    complain(name, "It has no label in the language \"" + language + "\".", "Add the translation.");
                }
            }
        }
    }

    void complain(std::string_view row, std::string what, std::string remedy) {
        std::string place = std::string(where_) + ": sheet campaign";
        if (!row.empty()) {
            place += ", row \"" + std::string(row) + "\"";
        }
        problems_.push_back({base::ErrorCode::malformed, std::move(place), std::move(what), std::move(remedy)});
    }

    const form::Form& form_;
    std::string_view where_;
    std::map<std::string, const form::SheetRow*, std::less<>> rows_;
    std::vector<base::Error> problems_;
};

}  // namespace

base::Result<CampaignSheet> read_campaign_sheet(const form::Form& form, std::string_view where) {
    SheetReader reader(form, where);
    CampaignSheet sheet = reader.read();
    if (!reader.problems().empty()) {
        return std::unexpected(std::move(reader.problems().front()));
    }
    return sheet;
}

std::vector<base::Error> campaign_problems(const form::Form& form, std::string_view where) {
    SheetReader reader(form, where);
    static_cast<void>(reader.read());
    return std::move(reader.problems());
}

}  // namespace pillarbox::campaign
