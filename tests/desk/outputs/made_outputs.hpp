// SPDX-License-Identifier: GPL-3.0-or-later
//
// All that leaves the desk, made as an officer makes it, and unpacked so that it can be searched.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "desk/keys/key_file.hpp"
#include "desk/outputs/outputs.hpp"
#include "desk/page/site.hpp"
#include "people.hpp"
#include "tests/support/program.hpp"

namespace pillarbox::tests {

namespace fs = std::filesystem;

// What can be read in one output, by what it is: "report.html", "open package".
using Outputs = std::map<std::string, std::string>;

inline std::string bytes_in(const fs::path& path) {
    return std::string(base::text_of(base::read_file(path, std::size_t{1} << 30U).value()));
}

inline std::string unzipped(const fs::path& path) {
    const Outcome outcome =
        run_program({"python3", "-c",
                     "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nfor n in z.namelist():\n"
                     "    sys.stdout.buffer.write(z.read(n) + b'\\n')",
                     path.string()});
    REQUIRE(outcome.exit_code == 0);
    return outcome.output;
}

// All files whose path in the folder begins so.
inline std::string all_in(const fs::path& folder, const std::string& prefix = {}) {
    std::string all;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file() && entry.path().lexically_relative(folder).generic_string().starts_with(prefix)) {
            all += entry.path().filename().string() + "\n" + bytes_in(entry.path()) + "\n";
        }
    }
    return all;
}

// A page of the desk, asked for as a browser does once it is in.
inline std::string page_of(workspace::Workspace& opened, const std::string& path, base::Random& random) {
    const base::SystemClock clock;
    page::Site site(opened, {"", ""}, clock, random);
    site.listens_on(40'000);
    const std::string host = "127.0.0.1:40000";
    http::Request begin{http::Method::post, site.start_link().substr(("http://" + host).size()),
                        std::string(http::form_type), base::bytes_of("name=Ada")};
    begin.host = host;
    begin.origin = "http://" + host;
    const http::Response started = site.handle(begin);
    const auto cookie = std::ranges::find(started.headers, "Set-Cookie", &http::Header::name);
    REQUIRE(cookie != started.headers.end());
    http::Request asked{http::Method::get, path, {}, {}};
    asked.host = host;
    asked.cookie = cookie->value.substr(0, cookie->value.find(';'));
    const http::Response page = site.handle(asked);
    REQUIRE(page.status == 200);
    return std::string(base::text_of(page.body));
}

class OutputsFixture : public WorkspaceFixture {
  public:
    explicit OutputsFixture(std::size_t step) : everybody(people(step)) {
        for (Somebody& one : everybody) {
            one.code = add(answers_of(one));
        }
        workspace::Workspace opened = open();
        take_in(opened);
        work_on(opened, ada, everybody);
        REQUIRE(keys::write_sealing_key(identity, example.identity(), ada.day).has_value());
        std::ofstream(pack_file, std::ios::binary) << base::text_of(pack);
    }

    // A workspace that this program has open is closed before.
    [[nodiscard]] Outcome pillarbox(std::vector<std::string> words) const {
        words.insert(words.begin(), built_program("pillarbox"));
        words.insert(words.end(), {"--workspace", folder.string(), "--identity", identity.string(), "--as", "Ada"});
        Outcome outcome = run_program(words);
        INFO(outcome.output << outcome.errors);
        REQUIRE(outcome.exit_code == 0);
        return outcome;
    }

    void make_report(const fs::path& out, Outputs& made, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words{"report", "letter", "--out", out.string()};
        words.insert(words.end(), more.begin(), more.end());
        static_cast<void>(pillarbox(words));
        made["report.html"] = bytes_in(out / "report.html");
        made["report.odt"] = unzipped(out / "report.odt");
        made["release.json"] = bytes_in(out / "release.json");
    }

    // By the program, all but the PDF, which needs a browser.
    [[nodiscard]] Outputs make_all(const std::string& name) {
        Outputs made;
        const fs::path out = temporary / name;
        fs::create_directories(out);
        make_report(out / "report", made);
        static_cast<void>(pillarbox({"export", "--out", (out / "anonymised").string()}));
        static_cast<void>(pillarbox({"export", "--full", "--out", (out / "full").string()}));
        static_cast<void>(
            pillarbox({"archive", "make", "--export", example.write().string(), "--pack", pack_file.string(),
                       "--committee-key", base::to_base64(committee.verify_key().bytes), "--out",
                       (out / "bags").string(), "--day", "2023-03-01"}));
        for (const char* file : {"responses.csv", "responses.json", "codebook.csv"}) {
            made["anonymised " + std::string(file)] = bytes_in(out / "anonymised" / file);
        }
        made["full export"] = all_in(out / "full");
        made["open package"] = all_in(out / "bags", "las-strategy-2023-28-open");
        made["closed packages"] = all_in(out / "bags", "las-strategy-2023-28-closed");
        workspace::Workspace opened = open();
        made["quotes bank"] = page_of(opened, "/quotes", random);
        return made;
    }

    std::vector<Somebody> everybody;
    fs::path identity = temporary / "sealing.key";
    fs::path pack_file = temporary / "campaign.pack";
};

// The words of a text, as runs of letters.
inline std::set<std::string> words_in(std::string_view text) {
    std::set<std::string> words;
    const auto is_letter = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    };
    for (std::size_t start = 0; start < text.size();) {
        std::size_t end = start;
        while (end < text.size() && is_letter(text[end])) {
            ++end;
        }
        if (end - start >= staying_mark.size()) {
            words.emplace(text.substr(start, end - start));
        }
        start = end + 1;
    }
    return words;
}

}  // namespace pillarbox::tests
