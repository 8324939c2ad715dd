// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/withdrawal.hpp"

#include "made_outputs.hpp"

namespace pillarbox::tests {
namespace {

std::string utf16(std::string_view text, bool little_end_first) {
    std::string wide;
    for (const char letter : text) {
        wide += little_end_first ? std::string{letter, '\0'} : std::string{'\0', letter};
    }
    return wide;
}

// What base64 has of the text whatever stands before and after it: three ways to fall on its groups of three.
std::vector<std::string> in_base64(std::string_view text) {
    std::vector<std::string> ways;
    for (std::size_t before = 0; before < 3; ++before) {
        const std::string padded = std::string(before, 'x') + std::string(text);
        const std::string encoded = base::to_base64(base::view_of(padded));
        const std::size_t start = (before * 8 + 5) / 6;
        ways.push_back(encoded.substr(start, (padded.size() * 8) / 6 - start));
    }
    return ways;
}

std::vector<std::string> in_every_encoding(std::string_view text) {
    std::string capitals(text);
    std::ranges::transform(capitals, capitals.begin(), [](char letter) { return static_cast<char>(letter - 32); });
    const std::string hex = base::to_hex(base::view_of(text));
    std::string hex_capitals = hex;
    std::ranges::transform(hex_capitals, hex_capitals.begin(),
                           [](char letter) { return letter >= 'a' ? static_cast<char>(letter - 32) : letter; });
    std::vector<std::string> all{std::string(text),  capitals, utf16(text, true),
                                 utf16(text, false), hex,      hex_capitals};
    for (std::string& way : in_base64(text)) {
        all.push_back(std::move(way));
    }
    return all;
}

std::size_t times_found(const std::string& bytes, const std::vector<std::string>& encodings) {
    std::size_t times = 0;
    for (const std::string& encoding : encodings) {
        times += bytes.find(encoding) == std::string::npos ? 0U : 1U;
    }
    return times;
}

// A uuid and a tag as they are, and as they are written.
std::vector<std::string> binary_in_every_encoding(base::ByteView bytes) {
    std::vector<std::string> all{std::string(base::text_of(bytes)), base::to_hex(bytes)};
    for (std::string& way : in_base64(base::text_of(bytes))) {
        all.push_back(std::move(way));
    }
    if (bytes.size() == std::tuple_size_v<submission::Uuid>) {
        all.push_back(submission::format_uuid(base::array_of<16>(bytes).value()));
    }
    return all;
}

std::string everything(const Outputs& made) {
    std::string all;
    for (const auto& [name, bytes] : made) {
        all += bytes + "\n";
    }
    return all;
}

}  // namespace

TEST_CASE("the search finds a planted word in each encoding, wherever it falls") {
    for (const std::string& encoding : in_every_encoding(withdrawn_mark)) {
        for (const std::string before : {"", "a", "bc"}) {
            CHECK(times_found(before + encoding + "z", in_every_encoding(withdrawn_mark)) > 0);
        }
    }
    for (const std::string before : {"", "a", "bc", "def"}) {
        const std::string planted = before + "word" + withdrawn_mark + "end";
        CHECK(times_found(base::to_base64(base::view_of(planted)), in_base64(withdrawn_mark)) > 0);
        CHECK(times_found(base::to_hex(base::view_of(planted)), in_every_encoding(withdrawn_mark)) > 0);
    }
    CHECK(times_found(staying_mark, in_every_encoding(withdrawn_mark)) == 0);
}

TEST_CASE("no withdrawn response is in any output or file of the workspace afterwards, in any encoding") {
    OutputsFixture fixture(3);
    const auto mark = in_every_encoding(withdrawn_mark);
    std::vector<std::vector<std::string>> numbers;  // uuids and tags of those who go
    {
        workspace::Workspace opened = fixture.open();
        for (const Somebody& one : fixture.everybody) {
            if (one.leaves) {
                const auto record = workspace::read_response(opened, one.id).value();
                numbers.push_back(binary_in_every_encoding(record.submission.uuid));
                numbers.push_back(binary_in_every_encoding(submission::withdrawal_tag(one.code)));
            }
        }
    }
    REQUIRE(numbers.size() > 40);
    const auto numbers_found = [&numbers](const std::string& bytes) {
        return std::ranges::count_if(numbers, [&](const auto& number) { return times_found(bytes, number) > 0; });
    };
    const Outputs before = fixture.make_all("before");
    CHECK(times_found(everything(before), mark) > 0);
    CHECK(numbers_found(everything(before)) > 0);
    CHECK(times_found(fixture.decrypted(), mark) > 0);
    CHECK(numbers_found(fixture.decrypted()) == static_cast<std::ptrdiff_t>(numbers.size()));

    std::vector<batch::WithdrawalTag> tags;
    std::size_t gone = 0;
    {
        workspace::Workspace opened = fixture.open();
        for (const Somebody& one : fixture.everybody) {
            if (one.leaves && ++gone <= 2) {
                REQUIRE(workspace::withdraw(opened, fixture.ben, submission::format_withdrawal_code(one.code))
                            .has_value());
            } else if (one.leaves) {
                tags.push_back(submission::withdrawal_tag(one.code));
            }
        }
        REQUIRE(workspace::withdraw_tags(opened, fixture.ben, tags).has_value());
        CHECK(times_found(fixture.decrypted(), mark) == 0);  // also while it is open
        // What came with the export once more stays out.
        CHECK(fixture.take_in(opened).withdrawn == gone);
    }
    const Outputs after = fixture.make_all("after");
    const auto words = words_in(everything(after));
    for (const auto& [name, bytes] : after) {
        INFO(name);
        CHECK(times_found(bytes, mark) == 0);
        // A bag lists by digest what was taken out of its sealed batches, and under which tag.
        CHECK((name == "closed packages" || numbers_found(bytes) == 0));
    }
    CHECK(times_found(fixture.decrypted(), mark) == 0);
    CHECK(numbers_found(fixture.decrypted()) == 0);
    for (const auto& entry : fs::recursive_directory_iterator(fixture.folder)) {
        INFO(entry.path());
        const std::string bytes = bytes_in(entry.path());
        CHECK(times_found(bytes, mark) == 0);
        CHECK(times_found(bytes, in_every_encoding(staying_mark)) == 0);  // sealed
        CHECK(numbers_found(bytes) == 0);
    }
    for (const Somebody& one : fixture.everybody) {
        CHECK(words.contains(one.story) != one.leaves);
    }
}

}  // namespace pillarbox::tests
