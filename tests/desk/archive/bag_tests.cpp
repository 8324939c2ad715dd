// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <functional>

#include "tests/desk/archive/archive_fixture.hpp"

namespace pillarbox::tests {
namespace {

using archive::BagReport;
using archive::check_bag;

bool finds(const BagReport& report, const std::string& path, const std::string& what) {
    return std::ranges::any_of(report.findings, [&](const archive::BagFinding& finding) {
        return finding.path == path && finding.what.contains(what);
    });
}

struct Damage {
    std::string name;
    std::function<void(const fs::path&)> inflict;
    std::string path, what;  // of the finding that must be told
};

void replace_in(const fs::path& file, const std::string& from, const std::string& to) {
    std::string text = text_in(file);
    REQUIRE(text.contains(from));
    text.replace(text.find(from), from.size(), to);
    put(file, text);
}

// As an attacker would: the tag manifest says what the changed tag file is.
void sign_anew(const fs::path& bag) {
    std::vector<archive::ManifestEntry> entries;
    for (const auto& [path, bytes] : files_in(bag)) {
        if (!path.starts_with("data/") && path != "tagmanifest-sha512.txt") {
            entries.push_back({path, crypto::sha512(base::view_of(bytes))});
        }
    }
    put(bag / "tagmanifest-sha512.txt", archive::format_manifest(entries));
}

void add_line(const fs::path& bag, const std::string& path) {
    const std::string digest = base::to_hex(crypto::sha512(base::view_of("x")));
    put(bag / "manifest-sha512.txt", text_in(bag / "manifest-sha512.txt") + digest + "  " + path + "\n");
    sign_anew(bag);
}

std::vector<Damage> damages() {
    const std::string manifest = "manifest-sha512.txt";
    return {
        {"a changed file", [](const fs::path& bag) { put(bag / "data/a.txt", "First\n"); }, "data/a.txt", "changed"},
        {"a missing file", [](const fs::path& bag) { fs::remove(bag / "data/a.txt"); }, "data/a.txt", "missing"},
        {"an extra file", [](const fs::path& bag) { put(bag / "data/c.txt", "c"); }, "data/c.txt", "not listed"},
        {"an extra tag file", [](const fs::path& bag) { put(bag / "readme.txt", "c"); }, "readme.txt", "not listed"},
        {"a changed tag file", [](const fs::path& bag) { put(bag / "metadata/note.txt", "b"); }, "metadata/note.txt",
         "changed"},
        {"a wrong Oxum",
         [](const fs::path& bag) {
             replace_in(bag / "bag-info.txt", "Payload-Oxum: 19.3", "Payload-Oxum: 19.4");
             sign_anew(bag);
         },
         "bag-info.txt", "Payload-Oxum says other"},
        {"no Oxum",
         [](const fs::path& bag) {
             replace_in(bag / "bag-info.txt", "Payload-Oxum: 19.3\n", "");
             sign_anew(bag);
         },
         "bag-info.txt", "Payload-Oxum does not"},
        {"a manifest that is not UTF-8",
         [](const fs::path& bag) {
             replace_in(bag / "manifest-sha512.txt", "a.txt", "\xFF.txt");
             sign_anew(bag);
         },
         manifest, "not UTF-8"},
        {"another encoding",
         [](const fs::path& bag) {
             replace_in(bag / "bagit.txt", "UTF-8", "UTF-16");
             sign_anew(bag);
         },
         "bagit.txt", "another encoding"},
        {"another version",
         [](const fs::path& bag) {
             replace_in(bag / "bagit.txt", "1.0", "0.97");
             sign_anew(bag);
         },
         "bagit.txt", "another version"},
        {"a byte order mark",
         [](const fs::path& bag) {
             put(bag / "bagit.txt", "\xEF\xBB\xBF" + text_in(bag / "bagit.txt"));
             sign_anew(bag);
         },
         "bagit.txt", "byte order mark"},
        {"a path up and out", [](const fs::path& bag) { add_line(bag, "data/../../../etc/passwd"); }, manifest,
         "leads out of the bag"},
        {"an absolute path", [](const fs::path& bag) { add_line(bag, "/etc/passwd"); }, manifest,
         "leads out of the bag"},
        {"a path into a home", [](const fs::path& bag) { add_line(bag, "~/secret"); }, manifest,
         "leads out of the bag"},
        {"a payload manifest that lists a tag file", [](const fs::path& bag) { add_line(bag, "bagit.txt"); },
         manifest, "does not belong"},
        {"an unknown escape", [](const fs::path& bag) { add_line(bag, "data/%2e%2e/x"); }, manifest, "not encoded"},
        {"a file listed twice", [](const fs::path& bag) { add_line(bag, "data/a.txt"); }, manifest, "listed before"},
        {"a line that is none",
         [](const fs::path& bag) {
             put(bag / "manifest-sha512.txt", "abc  data/a.txt\n");
             sign_anew(bag);
         },
         manifest, "not a SHA-512"},
        {"a link to a file",
         [](const fs::path& bag) {
             fs::remove(bag / "data/a.txt");
             fs::create_symlink("/etc/hostname", bag / "data/a.txt");
         },
         "data/a.txt", "symbolic link"},
        {"a link to a folder", [](const fs::path& bag) { fs::create_directory_symlink("/etc", bag / "data/etc"); },
         "data/etc", "symbolic link"},
        {"no manifest", [](const fs::path& bag) { fs::remove(bag / "manifest-sha512.txt"); }, manifest, "missing"},
        {"no tag manifest", [](const fs::path& bag) { fs::remove(bag / "tagmanifest-sha512.txt"); },
         "tagmanifest-sha512.txt", "missing"},
        {"no declaration", [](const fs::path& bag) { fs::remove(bag / "bagit.txt"); }, "bagit.txt", "missing"},
        {"files to fetch", [](const fs::path& bag) { put(bag / "fetch.txt", "http://127.0.0.1/x - data/x\n"); },
         "fetch.txt", "not complete"},
    };
}

TEST_CASE("a bag is valid when it was just made, and its bytes do not depend on when or in which order") {
    const TemporaryFolder folder;
    const fs::path bag = make_bag(folder.path());
    CHECK(check_bag(bag).value().findings.empty());
    CHECK(text_in(bag / "bagit.txt") == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    CHECK(text_in(bag / "manifest-sha512.txt").contains("  data/100%25%0Aodd.txt\n"));
    CHECK(files_in(bag) == files_in(make_bag(folder / "again")));
}

TEST_CASE("every damage to a bag is found and told by its file") {
    for (const Damage& damage : damages()) {
        INFO(damage.name);
        const TemporaryFolder folder;
        const fs::path bag = make_bag(folder.path());
        damage.inflict(bag);
        const BagReport report = check_bag(bag).value();
        INFO(archive::describe(report));
        CHECK(finds(report, damage.path, damage.what));
    }
}

TEST_CASE("a bag is never written over another one") {
    const TemporaryFolder folder;
    make_bag(folder.path());
    CHECK(archive::BagWriter::create(folder.path(), "bag").error().code == base::ErrorCode::already_exists);
}

TEST_CASE("paths are encoded as RFC 8493 says, and nothing but these three letters") {
    CHECK(archive::encode_path("a%b\rc\nd e\xC3\xA9") == "a%25b%0Dc%0Ad e\xC3\xA9");
    CHECK(archive::decode_path("a%25b%0Dc%0ad").value() == "a%b\rc\nd");
    for (const char* wrong : {"%", "%2", "%2f", "%00", "a%zz"}) {
        CHECK_FALSE(archive::decode_path(wrong).has_value());
    }
}

TEST_CASE("manifests are read with every line end that BagIt allows, and in upper case") {
    std::string digest = base::to_hex(crypto::sha512(base::view_of("x")));
    std::string upper = digest;
    std::ranges::transform(upper, upper.begin(), [](char letter) { return static_cast<char>(std::toupper(letter)); });
    const std::string text = digest + "  data/a\r\n" + upper + "\tdata/b c\r" + digest + " data/d";
    const auto entries = archive::parse_manifest(base::view_of(text), "m").value();
    REQUIRE(entries.size() == 3);
    CHECK(entries[1].path == "data/b c");
    CHECK(entries[0].digest == entries[1].digest);
}

TEST_CASE("a value in bag-info that was folded over several lines is one value") {
    const auto tags = archive::parse_tags(base::view_of("Title: one\n  two\nOther:x\n"), "t").value();
    CHECK(tags == archive::Tags{{"Title", "one two"}, {"Other", "x"}});
    CHECK_FALSE(archive::parse_tags(base::view_of("no colon\n"), "t").has_value());
}

}  // namespace
}  // namespace pillarbox::tests
