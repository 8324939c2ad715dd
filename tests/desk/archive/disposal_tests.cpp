// SPDX-License-Identifier: GPL-3.0-or-later
//
// A bag goes when its time has come and not before, and leaves its certificate and nothing else.
#include "core/crypto/system_random.hpp"
#include "desk/archive/disposal.hpp"
#include "tests/desk/archive/archive_fixture.hpp"

namespace pillarbox::tests {
namespace {

using archive::dispose;
using base::ErrorCode;

// In a folder of its own; make_bag's is a contacts bag to be kept until 2023-05-10.
struct Place {
    TemporaryFolder folder;
    fs::path bag = make_bag(folder / "bags");
    fs::path certificate = folder / "certificate.txt";

    [[nodiscard]] archive::DisposalOrder order(const char* day) const {
        archive::DisposalOrder order;
        order.bag = bag;
        order.certificate = certificate;
        order.day = base::parse_day(day).value();
        return order;
    }
    [[nodiscard]] bool nothing_is_left() const { return fs::is_empty(bag.parent_path()); }
    [[nodiscard]] bool is_whole() const {
        return archive::check_bag(bag).value().holds() && !fs::exists(certificate);
    }
};

TEST_CASE(
    "a certificate names the bag by its manifest and tells what, why and when, and nothing of the bag is left") {
    const Place place;
    const auto manifest = crypto::sha512(base::view_of(text_in(place.bag / "manifest-sha512.txt")));
    const std::string text = dispose(place.order("2023-05-11")).value();
    CHECK(text == text_in(place.certificate));
    for (const std::string& line :
         {std::string("Certificate of disposal\nbag: bag\n"), "manifest sha512: " + base::to_hex(manifest) + "\n",
          std::string("payload: 3 files, 19 bytes\n"), std::string("retention class: contacts\n"),
          std::string("keep until: 2023-05-10\n"), std::string("disposed of on: 2023-05-11\n")}) {
        INFO(line);
        CHECK(text.contains(line));
    }
    CHECK(place.nothing_is_left());
    CHECK_FALSE(fs::exists(place.certificate.string() + ".pending"));
}

TEST_CASE("a bag stays on the last day on which it must be kept, also where the rules in force keep it longer") {
    const Place place;
    CHECK(dispose(place.order("2023-05-10")).error().code == ErrorCode::conflict);
    auto order = place.order("2024-01-01");
    order.retention = archive::parse_retention(
                          R"({"pillarbox_retention": 1, "classes": {"contacts":
                              {"keep_until": "2025-01-01", "reason": "an inquiry asks for them"}}})",
                          "rules")
                          .value();
    CHECK(dispose(order).error().code == ErrorCode::conflict);
    order.retention["contacts"].keep_until.reset();
    CHECK(dispose(order).error().what.contains("permanent"));
    CHECK(place.is_whole());
}

TEST_CASE("a bag goes early for a reason that stands in the certificate") {
    const Place place;
    auto order = place.order("2023-02-01");
    order.early_reason = "the committee resolved so";
    CHECK(dispose(order).value().contains("disposed of early: the committee resolved so\n"));
    CHECK(place.nothing_is_left());
}

TEST_CASE("a bag that is not valid is not disposed of, whatever its time") {
    const Place place;
    put(place.bag / "data/a.txt", "First\n");
    auto order = place.order("2024-01-01");
    order.early_reason = "at once";
    CHECK(dispose(order).error().code == ErrorCode::damaged);
    CHECK(text_in(place.bag / "data/a.txt") == "First\n");
    CHECK_FALSE(fs::exists(place.certificate));
}

TEST_CASE("a bag that says nothing of how long it is kept is not disposed of") {
    Place place;
    auto writer = archive::BagWriter::create(place.bag.parent_path(), "silent").value();
    REQUIRE(writer.add("a.txt", base::view_of("first\n")).has_value());
    place.bag = writer.finish({}).value();
    CHECK(dispose(place.order("2099-01-01")).error().code == ErrorCode::conflict);
    CHECK(place.is_whole());
}

TEST_CASE("a certificate is never written over another file, and never ends the disposal of another bag") {
    const Place place;
    put(place.certificate, "older");
    CHECK(dispose(place.order("2024-01-01")).error().code == ErrorCode::already_exists);
    fs::remove(place.certificate);
    put(place.certificate.string() + ".pending", "Certificate of disposal\nbag: another\n");
    CHECK(dispose(place.order("2024-01-01")).error().code == ErrorCode::already_exists);
    CHECK(place.is_whole());
}

TEST_CASE("halves of copies that killed runs left of a bag go with it, and its neighbours stay") {
    const Place place;
    const fs::path neighbour = make_bag(place.bag.parent_path(), "bag2");
    for (const char* what : {"withdrawal", "unfinished", "incoming"}) {
        put(place.bag.parent_path() / ("." + std::string("bag.") + what) / "bag/data/a.txt", "first\n");
    }
    REQUIRE(dispose(place.order("2024-01-01")).has_value());
    CHECK(archive::check_bag(neighbour).value().holds());
    fs::remove_all(neighbour);
    CHECK(place.nothing_is_left());
}

TEST_CASE("a run that was killed at any step is ended by the next with the certificate that was written first") {
    for (const std::string step : {"written", "renamed", "half deleted", "deleted"}) {
        INFO(step);
        const Place place;
        const fs::path going = place.bag.parent_path() / ".bag.disposing";
        const fs::path pending = place.certificate.string() + ".pending";
        put(pending, "Certificate of disposal\nbag: bag\nof the run that was killed\n");
        if (step != "written") {
            fs::rename(place.bag, going);
        }
        if (step == "half deleted") {
            fs::remove(going / "bagit.txt");
        }
        if (step == "deleted") {
            fs::remove_all(going);
        }
        const std::string text = dispose(place.order("2024-01-01")).value();
        CHECK(text.contains("of the run that was killed") == (step != "written"));
        CHECK(place.nothing_is_left());
        CHECK_FALSE(fs::exists(pending));
    }
}

TEST_CASE("a disposal that was begun with a certificate of another name says so") {
    const Place place;
    fs::rename(place.bag, place.bag.parent_path() / ".bag.disposing");
    CHECK(dispose(place.order("2024-01-01")).error().code == ErrorCode::conflict);
}

TEST_CASE("a signed certificate verifies with the committee's key and not when a word of it was changed") {
    const Place place;
    crypto::SystemRandom random;
    const auto key = crypto::SigningKey::generate(random);
    auto order = place.order("2024-01-01");
    order.committee_key = &key;
    const std::string note = dispose(order).value();
    CHECK(archive::verify_certificate(place.certificate, key.verify_key()).value().contains("bag: bag\n"));
    const auto other = crypto::SigningKey::generate(random);
    CHECK(archive::verify_certificate(place.certificate, other.verify_key()).error().code ==
          ErrorCode::not_authentic);
    std::string changed = note;
    changed.replace(changed.find("2024"), 4, "2023");
    put(place.certificate, changed);
    CHECK(archive::verify_certificate(place.certificate, key.verify_key()).error().code == ErrorCode::not_authentic);
}

}  // namespace
}  // namespace pillarbox::tests
