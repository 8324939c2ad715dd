// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/residue/forensic_image.hpp"

#include <catch2/catch.hpp>

#include "core/sqlite/connection.hpp"

namespace pillarbox::tests {
namespace {

constexpr std::size_t page_size_bytes = 4096;
constexpr std::size_t log_header_size_bytes = 32;
constexpr std::size_t frame_header_size_bytes = 24;

std::string text_of(const base::Bytes* bytes) {
    return bytes == nullptr ? std::string() : std::string(base::text_of(*bytes));
}

// 32 bits, big-endian, as in all of SQLite's headers.
std::uint32_t number_at(const std::string& database, std::size_t offset) {
    REQUIRE(database.size() >= offset + 4);
    std::uint32_t number = 0;
    for (std::size_t index = 0; index < 4; ++index) {
        number = number << 8U | static_cast<unsigned char>(database[offset + index]);
    }
    return number;
}

std::size_t find_item(const std::string& bytes, int number) {
    return bytes.find("envelope " + std::to_string(10'000 + number) + " ");
}

}  // namespace

ForensicImage image_of(MemoryDisk& disk, const std::filesystem::path& path) {
    return {text_of(disk.content(path.string())), text_of(disk.content(path.string() + "-wal"))};
}

double place_of(const std::string& bytes, int number) {
    const std::size_t at = find_item(bytes, number);
    REQUIRE(at != std::string::npos);
    return static_cast<double>(at);
}

std::vector<int> numbers_in(const std::string& bytes, int count) {
    std::vector<int> numbers;
    for (int number = 0; number < count; ++number) {
        if (find_item(bytes, number) != std::string::npos) {
            numbers.push_back(number);
        }
    }
    return numbers;
}

Sample places_in_image(const ForensicImage& image, int count) {
    Sample places;
    for (int number = 0; number < count; ++number) {
        std::size_t at = find_item(image.database, number);
        if (at == std::string::npos) {
            const auto in_log = static_cast<std::size_t>(place_of(image.log, number)) - log_header_size_bytes;
            const std::size_t frame_size_bytes = frame_header_size_bytes + page_size_bytes;
            const std::size_t frame = in_log / frame_size_bytes * frame_size_bytes + log_header_size_bytes;
            const std::size_t page = number_at(image.log, frame);
            at = (page - 1) * page_size_bytes + in_log % frame_size_bytes - frame_header_size_bytes;
        }
        places.push_back(static_cast<double>(at));
    }
    return places;
}

std::vector<std::string> free_pages_of(const std::string& database) {
    constexpr std::size_t first_trunk_offset = 32;  // in the file; in a trunk: next trunk, leaf count, leaves
    std::vector<std::string> pages;
    for (std::size_t trunk = number_at(database, first_trunk_offset); trunk != 0;) {
        const std::size_t at = (trunk - 1) * page_size_bytes;
        const std::size_t leaf_count = number_at(database, at + 4);
        const std::size_t list_size_bytes = 8 + 4 * leaf_count;
        REQUIRE(list_size_bytes <= page_size_bytes);
        pages.push_back(database.substr(at + list_size_bytes, page_size_bytes - list_size_bytes));
        for (std::size_t leaf = 0; leaf < leaf_count; ++leaf) {
            pages.push_back(
                database.substr((number_at(database, at + 8 + 4 * leaf) - 1) * page_size_bytes, page_size_bytes));
        }
        trunk = number_at(database, at);
    }
    return pages;
}

std::vector<SlotRow> rows_of(const std::filesystem::path& outbox, int count) {
    auto connection = sqlite::Connection::open(outbox, sqlite::OpenMode::read_write).value();
    auto select = connection.prepare("SELECT position, content FROM slot").value();
    auto rows = select.query().value();
    std::vector<SlotRow> found(static_cast<std::size_t>(count));
    while (rows.next().value()) {
        const std::string content(base::text_of(rows.bytes(1).value()));
        for (const int number : numbers_in(content, count)) {
            found[static_cast<std::size_t>(number)] = {rows.unsigned_integer(0).value(), base::bytes_of(content)};
        }
    }
    return found;
}

}  // namespace pillarbox::tests
