// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an archive's target says, and what a bucket's list does, without a server.
#include "desk/archive/archive_target.hpp"
#include "desk/archive/s3_listing.hpp"
#include "tests/desk/archive/archive_fixture.hpp"

namespace pillarbox::tests {
namespace {

using archive::parse_s3_listing;
using archive::parse_target;
using base::ErrorCode;

std::string listing_of(const std::string& inner) {
    return "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"x\">" + inner + "</ListBucketResult>";
}

TEST_CASE("a target of each kind is read with its files beside it") {
    const auto s3 = parse_target(R"({"pillarbox_archive_target": 1, "kind": "s3", "url": "https://s3.example.org/b/",
                                     "region": "eu-west-2", "user": "ID", "password": "SECRET"})",
                                 "/etc/archive/target.json")
                        .value();
    CHECK(s3.kind == archive::TargetKind::s3);
    CHECK(s3.server.region == "eu-west-2");
    CHECK(s3.server.certificate_authority.empty());
    const auto sftp =
        parse_target(R"({"pillarbox_archive_target": 1, "kind": "sftp", "url": "sftp://a.example.org/in/",
                         "user": "las", "private_key": "id", "known_hosts": "/etc/ssh/known"})",
                     "/etc/archive/target.json")
            .value();
    CHECK(sftp.server.private_key == "/etc/archive/id");
    CHECK(sftp.server.known_hosts == "/etc/ssh/known");
}

TEST_CASE("a target that lacks what its kind needs, or says more than it knows, is refused without its values") {
    for (const char* wrong :
         {"", "[]", "{}", R"({"pillarbox_archive_target": 2, "kind": "webdav", "url": "https://SECRET/"})",
          R"({"pillarbox_archive_target": 1, "kind": "SECRET", "url": "https://a/"})",
          R"({"pillarbox_archive_target": 1, "kind": "webdav"})",
          R"({"pillarbox_archive_target": 1, "kind": "webdav", "url": "https://a/", "region": "SECRET"})",
          R"({"pillarbox_archive_target": 1, "kind": "webdav", "url": "https://a/", "password": "SECRET\nx"})",
          R"({"pillarbox_archive_target": 1, "kind": "webdav", "url": "sftp://a/SECRET/"})",
          R"({"pillarbox_archive_target": 1, "kind": "sftp", "url": "sftp://a/", "user": "SECRET"})",
          R"({"pillarbox_archive_target": 1, "kind": "sftp", "url": "sftp://a/", "user": "u", "known_hosts": "k"})",
          R"({"pillarbox_archive_target": 1, "kind": "s3", "url": "https://a/b/", "user": "u", "password": "p"})"}) {
        INFO(wrong);
        const auto target = parse_target(wrong, "target.json");
        REQUIRE_FALSE(target.has_value());
        CHECK(target.error().code == ErrorCode::malformed);
        CHECK_FALSE(target.error().describe().contains("SECRET"));
    }
}

TEST_CASE("an address is encrypted, a folder's, and holds no password, unless it is this machine's own") {
    http::FileServerSettings settings;
    settings.known_hosts = "known";
    const auto opens = [&settings](const std::string& url) {
        settings.base_url = url;
        return http::FileServer::create(settings).has_value();
    };
    for (const char* right : {"https://a.example.org/", "https://a.example.org:8443/in/", "sftp://a.example.org/srv/",
                              "http://127.0.0.1:8080/", "http://localhost/x/", "http://[::1]/"}) {
        INFO(right);
        CHECK(opens(right));
    }
    for (const char* wrong : {"", "https://a.example.org", "https://a.example.org/in", "http://a.example.org/",
                              "http://127.0.0.1.a.org/", "http://localhost.a.org/", "ftp://a.example.org/",
                              "file:///etc/", "https://u:p@a.example.org/", "https://u@a.example.org/",
                              "https://a.example.org/?x/", "https://a.example.org/#/", "http://127.0.0.1@a.org/"}) {
        INFO(wrong);
        CHECK_FALSE(opens(wrong));
    }
    settings.known_hosts.clear();
    CHECK_FALSE(opens("sftp://a.example.org/"));
}

TEST_CASE("paths are encoded byte by byte but for what a URL and a signature leave plain") {
    CHECK(http::encode_url_path("a b/100%\n\xC3\xA9+?#~-_.") == "a%20b/100%25%0A%C3%A9%2B%3F%23~-_.");
    CHECK(http::encode_url_value("in/bag") == "in%2Fbag");
}

TEST_CASE("a page of a bucket's list gives its keys decoded and where it goes on") {
    const auto page = parse_s3_listing(listing_of("<Contents><Key>in/a%20b%25</Key><Size>3</Size></Contents>"
                                                  "<Contents><Key>in/c+d</Key></Contents>"
                                                  "<NextContinuationToken>x&amp;y=</NextContinuationToken>"),
                                       "list")
                          .value();
    CHECK(page.keys == std::vector<std::string>{"in/a b%", "in/c d"});
    CHECK(page.continuation == "x&y=");
    CHECK(parse_s3_listing(listing_of(""), "list").value().continuation.empty());
}

TEST_CASE("what is no bucket's list, or more than a page of one, is refused") {
    CHECK(parse_s3_listing("<html>Sign in</html>", "list").error().code == ErrorCode::malformed);
    CHECK(parse_s3_listing(listing_of("<Key>%2</Key>"), "list").error().code == ErrorCode::malformed);
    CHECK(parse_s3_listing(listing_of("<Key>%zz</Key>"), "list").error().code == ErrorCode::malformed);
    CHECK_FALSE(
        parse_s3_listing(listing_of("<NextContinuationToken>&x;</NextContinuationToken>"), "list").has_value());
    std::string many;
    for (std::size_t key = 0; key <= archive::listed_keys_max; ++key) {
        many += "<Key>k</Key>";
    }
    CHECK(parse_s3_listing(listing_of(many), "list").error().code == ErrorCode::limit_exceeded);
    CHECK(parse_s3_listing(listing_of("<Key>" + std::string(10'000, 'k') + "</Key>"), "list").error().code ==
          ErrorCode::limit_exceeded);
}

TEST_CASE("the lists of a bag are refused past their caps before they are taken in") {
    const std::string digest(128, 'a');
    const auto code_of = [](const std::string& text) {
        return archive::parse_manifest(base::view_of(text), "m").error().code;
    };
    CHECK(code_of(digest + "  data/" + std::string(5000, 'x') + "\n") == ErrorCode::malformed);
    CHECK(code_of(digest + "  data/" + std::string(archive::line_size_bytes_max, 'x')) == ErrorCode::limit_exceeded);
    CHECK(code_of(digest + std::string(archive::line_size_bytes_max, ' ') + "data/a") == ErrorCode::limit_exceeded);
    const base::Bytes huge(archive::tag_file_size_bytes_max + 1, 'x');
    CHECK(archive::parse_tags(huge, "t").error().code == ErrorCode::limit_exceeded);
    std::string labels;
    for (std::size_t label = 0; label <= archive::tags_max; ++label) {
        labels += "A: b\n";
    }
    CHECK(archive::parse_tags(base::view_of(labels), "t").error().code == ErrorCode::limit_exceeded);
    CHECK_FALSE(archive::parse_tags(base::view_of(" folded: at the start\n"), "t").has_value());
}

}  // namespace
}  // namespace pillarbox::tests
