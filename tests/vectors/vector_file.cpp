// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/vectors/vector_file.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <charconv>
#include <filesystem>

#include "core/base/file.hpp"

namespace pillarbox::tests {
namespace {

constexpr std::size_t vector_size_bytes_max = std::size_t{1} << 20U;
// A body of 150 KB may be copied, also into a larger buffer; a count or length that lies must not be believed.
constexpr std::size_t allocation_size_bytes_max = std::size_t{1} << 20U;

Vector parse(const std::filesystem::path& path) {
    const auto file = base::read_file(path, vector_size_bytes_max);
    INFO(path.string());
    REQUIRE(file.has_value());
    const std::string_view text = base::text_of(*file);
    const std::size_t blank = text.find("\n\n");
    REQUIRE(blank != std::string_view::npos);
    Vector vector{.name = path.filename().string(), .head = {}, .body = {}};
    std::string_view head = text.substr(0, blank + 1);
    while (!head.empty()) {
        const std::string_view line = head.substr(0, head.find('\n'));
        head.remove_prefix(line.size() + 1);
        const std::size_t colon = line.find(": ");
        REQUIRE(colon != std::string_view::npos);
        vector.head.emplace(line.substr(0, colon), line.substr(colon + 2));
    }
    std::string body(text.substr(blank + 2));
    if (vector.value("encoding", "raw") == "hex") {
        std::erase(body, '\n');
        const auto bytes = base::from_hex(body);
        REQUIRE(bytes.has_value());
        vector.body = *bytes;
    } else {
        vector.body = base::bytes_of(body);
    }
    REQUIRE(vector.has("expect"));
    REQUIRE(vector.has("fault"));
    return vector;
}

// What is wrong with a verdict; empty where it is the expected one.
std::string disagreement(const Vector& vector, const Verdict& verdict, std::size_t allocated_bytes) {
    if (verdict.outcome != vector.value("expect")) {
        return "expected " + vector.value("expect") + ", found " + verdict.outcome + ": " + verdict.text;
    }
    if (verdict.outcome.starts_with("ok")) {
        if (vector.has("sha256") && verdict.text != vector.value("sha256")) {
            return "accepted, but as something else: " + verdict.text;
        }
    } else if (verdict.text.find(vector.value("message")) == std::string::npos) {
        return "\"" + vector.value("message") + "\" is not in: " + verdict.text;
    }
    if (allocated_bytes > allocation_size_bytes_max) {
        return "allocated " + std::to_string(allocated_bytes) + " bytes at once";
    }
    return {};
}

}  // namespace

std::string Vector::value(std::string_view key, std::string_view otherwise) const {
    const auto found = head.find(key);
    return found == head.end() ? std::string(otherwise) : found->second;
}

std::uint64_t Vector::number(std::string_view key, std::uint64_t otherwise) const {
    const std::string text = value(key);
    std::uint64_t number = otherwise;
    if (!text.empty()) {
        REQUIRE(std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc());
    }
    return number;
}

base::Bytes Vector::hex(std::string_view key) const {
    const auto bytes = base::from_hex(value(key));
    REQUIRE(bytes.has_value());
    return *bytes;
}

std::vector<Vector> vectors_of(const std::string& folder) {
    std::vector<Vector> vectors;
    for (const auto& entry : std::filesystem::directory_iterator(PILLARBOX_SOURCE_DIR "/tests/vectors/" + folder)) {
        vectors.push_back(parse(entry.path()));
    }
    std::ranges::sort(vectors, {}, &Vector::name);
    return vectors;
}

std::string vector_name_of(base::ErrorCode code) {
    std::string name(base::name_of(code));
    std::ranges::replace_if(name, [](char letter) { return letter == ' ' || letter == '/'; }, '_');
    return name;
}

Verdict verdict_of(const base::Error& error) {
    return {vector_name_of(error.code), error.describe()};
}

void check_vectors(const std::string& folder, const std::function<Verdict(const Vector&)>& run) {
    for (const Vector& vector : vectors_of(folder)) {
        static_cast<void>(largest_allocation_taken());
        const Verdict verdict = run(vector);
        const std::string wrong = disagreement(vector, verdict, largest_allocation_taken());
        INFO(folder << "/" << vector.name << " (" << vector.value("fault") << "): " << wrong);
        CHECK(wrong.empty());
    }
}

}  // namespace pillarbox::tests
