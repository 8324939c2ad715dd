// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vector files: what a parser must say of some bytes. Format: tests/vectors/README.md.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace pillarbox::tests {

struct Vector {
    std::string name;                                      // the file's
    std::map<std::string, std::string, std::less<>> head;  // "expect", "message", "fault", "key"...
    base::Bytes body;

    [[nodiscard]] std::string value(std::string_view key, std::string_view otherwise = {}) const;
    [[nodiscard]] std::uint64_t number(std::string_view key, std::uint64_t otherwise) const;
    [[nodiscard]] base::Bytes hex(std::string_view key) const;  // empty where the head has no such line
    [[nodiscard]] bool has(std::string_view key) const { return head.contains(key); }
};

// Every vector of tests/vectors/FOLDER by name; the test fails where one can't be read.
[[nodiscard]] std::vector<Vector> vectors_of(const std::string& folder);

// The error's name as vectors have it: "not_authentic", "input_output".
[[nodiscard]] std::string vector_name_of(base::ErrorCode code);

// What came of a vector: "ok" or the error's name, with the SHA-256 that an "ok" vector states, or the error's text.
struct Verdict {
    std::string outcome;
    std::string text;
};
[[nodiscard]] Verdict verdict_of(const base::Error& error);

// Runs every vector of a folder, checks outcome, message, digest and the largest allocation, and lists all that fail.
void check_vectors(const std::string& folder, const std::function<Verdict(const Vector&)>& run);

// The largest single request for memory since the last call, in bytes.
[[nodiscard]] std::size_t largest_allocation_taken();

}  // namespace pillarbox::tests
