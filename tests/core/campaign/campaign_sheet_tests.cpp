// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/campaign_sheet.hpp"

#include <catch2/catch.hpp>
#include <functional>

#include "core/base/day.hpp"
#include "core/campaign/campaign.hpp"

using namespace pillarbox;
using base::ErrorCode;

namespace {

constexpr std::array<const char*, 9> notices = {
    "title",         "committee", "purpose", "safety_notice", "use_notice", "quotation_notice", "withdrawal_notice",
    "others_notice", "complaints"};

using Rows = std::vector<form::SheetRow>;

form::SheetRow& row(Rows& rows, std::string_view name) {
    for (form::SheetRow& row : rows) {
        if (row["name"] == name) {
            return row;
        }
    }
    FAIL("no row " << name);
    return rows.front();
}

Rows good_rows() {
    Rows rows = {{{"name", "campaign_id"}, {"value", "demo"}},
                 {{"name", "opens"}, {"value", "2023-01-20"}},
                 {{"name", "closes"}, {"value", "2023-01-27"}},
                 {{"name", "withdraw_until"}, {"value", "2023-01-31"}}};
    for (const char* name : notices) {
        rows.push_back({{"name", name}, {"label::English (en)", "a notice"}, {"label::Arabic (ar)", "إشعار"}});
    }
    return rows;
}

form::Form form_with(Rows rows) {
    form::Form form;
    form.languages = {"en", "ar"};
    form.default_language = "en";
    form.other_sheets["campaign"] = std::move(rows);
    return form;
}

// The error of the good sheet after a change.
base::Error error_after(const std::function<void(Rows&)>& change) {
    Rows rows = good_rows();
    change(rows);
    const auto sheet = campaign::read_campaign_sheet(form_with(std::move(rows)), "form.xlsx");
    REQUIRE_FALSE(sheet.has_value());
    CHECK(sheet.error().code == ErrorCode::malformed);
    CHECK_FALSE(sheet.error().remedy.empty());
    return sheet.error();
}

std::string place_of(std::string_view name) {
    return "form.xlsx: sheet campaign, row \"" + std::string(name) + "\"";
}

void remove_row(Rows& rows, std::string_view name) {
    std::erase_if(rows, [name](form::SheetRow& row) { return row["name"] == name; });
}

}  // namespace

TEST_CASE("a campaign sheet gives its id and dates and texts in each language") {
    const auto sheet = campaign::read_campaign_sheet(form_with(good_rows()), "form.xlsx").value();
    CHECK(sheet.campaign_id == "demo");
    CHECK(base::format_day(sheet.opens) == "2023-01-20");
    CHECK(base::format_day(sheet.closes) == "2023-01-27");
    CHECK(base::format_day(sheet.withdraw_until) == "2023-01-31");
    CHECK(sheet.texts.size() == notices.size());
    CHECK(sheet.texts.at("purpose").in("ar") == "إشعار");
}

TEST_CASE("a workbook without a campaign sheet is refused") {
    const auto sheet = campaign::read_campaign_sheet(form::Form{}, "form.xlsx");
    CHECK(sheet.error().code == ErrorCode::malformed);
    CHECK(sheet.error().where == "form.xlsx: sheet campaign");
}

TEST_CASE("a campaign sheet that lacks a required row is refused by the row's name") {
    for (const form::SheetRow& each : good_rows()) {
        const std::string name = each.at("name");
        CAPTURE(name);
        CHECK(error_after([&](Rows& rows) { remove_row(rows, name); }).where == place_of(name));
    }
}

TEST_CASE("a notice that is missing in one language is refused by row and language") {
    for (const char* name : notices) {
        for (const char* column : {"label::English (en)", "label::Arabic (ar)"}) {
            CAPTURE(name, column);
            const auto erased = error_after([&](Rows& rows) { row(rows, name).erase(column); });
            CHECK(erased.where == place_of(name));
            const std::string code = std::string(column).substr(std::string(column).find('(') + 1, 2);
            CHECK(erased.what.find("\"" + code + "\"") != std::string::npos);
            CHECK(error_after([&](Rows& rows) { row(rows, name)[column] = ""; }).where == place_of(name));
        }
        const auto none = error_after([&](Rows& rows) {
            row(rows, name).erase("label::English (en)");
            row(rows, name).erase("label::Arabic (ar)");
        });
        CHECK(none.what == "It has no label.");
    }
}

TEST_CASE("a row that comes twice or has no name is refused") {
    for (const char* name : {"campaign_id", "closes", "purpose"}) {
        CHECK(error_after([&](Rows& rows) { rows.push_back(row(rows, name)); }).where == place_of(name));
    }
    CHECK(error_after([](Rows& rows) { row(rows, "purpose")["name"] = ""; }).where == "form.xlsx: sheet campaign");
    Rows rows = good_rows();
    rows.push_back({{"name", ""}, {"value", ""}});
    CHECK(campaign::read_campaign_sheet(form_with(rows), "form.xlsx").has_value());
}

TEST_CASE("a day of a campaign sheet that is missing or no day is refused") {
    for (const char* name : {"opens", "closes", "withdraw_until"}) {
        for (const char* value :
             {"", "2023-02-29", "27 January 2023", "44953", "2023-01-27T00:00:00", "27/01/2023"}) {
            CAPTURE(name, value);
            CHECK(error_after([&](Rows& rows) { row(rows, name)["value"] = value; }).where == place_of(name));
        }
    }
}

TEST_CASE("days of a campaign sheet that are out of order are refused") {
    CHECK(error_after([](Rows& rows) { row(rows, "closes")["value"] = "2023-01-19"; }).where == place_of("closes"));
    CHECK(error_after([](Rows& rows) { row(rows, "withdraw_until")["value"] = "2023-01-19"; }).where ==
          place_of("withdraw_until"));
    Rows rows = good_rows();
    row(rows, "closes")["value"] = "2023-01-20";  // one day is enough
    CHECK(campaign::read_campaign_sheet(form_with(rows), "form.xlsx").has_value());
}

TEST_CASE("a campaign id that would need quoting somewhere is refused") {
    for (const std::string& id : {std::string(), std::string("Demo"), std::string("a b"), std::string("../a"),
                                  std::string("a/b"), std::string("a_b"), std::string("é"), std::string(65, 'a')}) {
        CAPTURE(id);
        CHECK(error_after([&](Rows& rows) { row(rows, "campaign_id")["value"] = id; }).where ==
              place_of("campaign_id"));
    }
    Rows rows = good_rows();
    row(rows, "campaign_id")["value"] = std::string(64, 'a');
    CHECK(campaign::read_campaign_sheet(form_with(rows), "form.xlsx").has_value());
}

TEST_CASE("all that is wrong with a campaign sheet is told at once") {
    Rows rows = good_rows();
    CHECK(campaign::campaign_problems(form_with(rows), "form.xlsx").empty());
    row(rows, "campaign_id")["value"] = "Not An Id";
    row(rows, "opens")["value"] = "tomorrow";
    remove_row(rows, "purpose");
    row(rows, "complaints").erase("label::Arabic (ar)");
    std::vector<std::string> places;
    for (const base::Error& problem : campaign::campaign_problems(form_with(rows), "form.xlsx")) {
        places.push_back(problem.where);
    }
    CHECK(places == std::vector<std::string>{place_of("campaign_id"), place_of("opens"), place_of("purpose"),
                                             place_of("complaints")});
}
