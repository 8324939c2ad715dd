// SPDX-License-Identifier: GPL-3.0-or-later
//
// `pillarbox desk` in Debian's chromium: desk.py does what an officer does, over a workspace that is made here.
#include "desk/keys/key_file.hpp"
#include "tests/browser/scenes.hpp"
#include "tests/desk/workspace/workspace_fixture.hpp"
#include "tests/support/program.hpp"

namespace pillarbox::tests {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view story =
    "The ambulance waited four hours outside the hospital. Dr Example told us on 020 7946 0999 that it was like that "
    "every night, and the crew could not leave.";
constexpr std::string_view arabic = "انتظرنا سيارة الإسعاف أربع ساعات، وكان المسعفون لطفاء جدا معنا.";
constexpr std::string_view alike = "Give crews somewhere to rest, and let them end their shifts on time, please.";

class DeskFixture : public WorkspaceFixture {
  public:
    DeskFixture() {
        add({{"/data/answering_as/respondent", "myself"},
             {"/data/your_link/link", "used_999 used_111"},
             {"/data/your_link/borough", "lambeth"},
             {"/data/q1/q1_rating", "badly"},
             {"/data/q1/q1_text", std::string(story)},
             {"/data/about_you/age_band", "35_44"},
             {"/data/quotation/quote", "without_name"}});
        add({{"/data/answering_as/respondent", "myself"},
             {"/data/short/short_text", std::string(arabic)},
             {"/data/quotation/quote", "without_name"}},
            "2023-01-21", "ar");
        add({{"/data/answering_as/respondent", "organisation"},
             {"/data/q4/q4_text", std::string(alike)},
             {"/data/contact/contact_name", "Eve Example"},
             {"/data/quotation/quote", "do_not_quote"}},
            "2023-01-22");
        add({{"/data/q4/q4_text", std::string(alike)}}, "2023-01-23");
        add({{"/data/q2/q2_text", "<script>alert(1)</script> My brother was assaulted, the court case is running."}},
            "2023-01-24");
        REQUIRE(
            keys::write_sealing_key(identity, example.identity(), base::parse_day("2023-01-01").value()).has_value());
        const Outcome taken =
            run_program({built_program("pillarbox"), "workspace", "take-in", "--workspace", folder.string(),
                         "--identity", identity.string(), "--export", example.write().string()});
        INFO(taken.errors);
        REQUIRE(taken.exit_code == 0);
    }

    [[nodiscard]] Outcome play(const std::string& scene, const std::string& last = "") const {
        return run_program({"/usr/bin/python3", "-B", std::string(PILLARBOX_SOURCE_DIR) + "/tests/browser/desk.py",
                            scene, built_program("pillarbox"), folder.string(), identity.string(),
                            temporary.path().string(), last});
    }

    fs::path identity = temporary / "sealing.key";
};

TEST_CASE("an officer's day at the desk goes through in a browser") {
    check_scene<DeskFixture>("day");
}

TEST_CASE("the desk is worked by keyboard alone, and always shows where the focus is") {
    check_scene<DeskFixture>("keys");
}

TEST_CASE("axe-core finds no serious barrier on any of the desk's pages, wide or narrow, light or dark") {
    check_barriers<DeskFixture>();
}

TEST_CASE(
    "axe-core finds no serious barrier in what is printed: reports, the poster, the notice, on screen and on paper") {
    check_scene<DeskFixture>("printed", fetched_axe());
}

TEST_CASE("the desk works where no script runs") {
    check_scene<DeskFixture>("script");
}

}  // namespace
}  // namespace pillarbox::tests
