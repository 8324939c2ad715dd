// SPDX-License-Identifier: GPL-3.0-or-later
//
//     residue_search WORD --pid PID      the memory of a living process, as far as it can be written to
//     residue_search WORD PATH...        files, and all files under folders; their names too
//     residue_search @FILE ...           the same for every word of a file, one a line; a thousand cost little more
//
// Looks for a word in every encoding that programs keep text in, also for six of its letters in a row in arrays of
// structures that hold one letter each (glyphs, window events). A word is UTF-8 of letters below U+1000. Prints each
// hit with what stands around it, and at the end how much was searched. Exit status: 0 nothing found, 1 found, 2
// could not search.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace {

struct Needle {
    std::string encoding;
    std::string bytes;
};

// Two- and three-byte UTF-8 too; of a word that is none, something is searched for that isn't there.
std::vector<std::uint32_t> letters_of(std::string_view word) {
    std::vector<std::uint32_t> letters;
    for (const char byte : word) {
        const auto unit = static_cast<unsigned char>(byte);
        if (unit < 0x80) {
            letters.push_back(unit);
        } else if (unit >= 0xC0) {
            letters.push_back(unit & (unit >= 0xE0 ? 0x0FU : 0x1FU));
        } else if (!letters.empty()) {
            letters.back() = letters.back() << 6U | (unit & 0x3FU);
        }
    }
    return letters;
}

enum class Order { little, big };

std::string in_units(std::span<const std::uint32_t> letters, std::size_t width, Order order) {
    std::string bytes;
    for (const std::uint32_t letter : letters) {
        for (std::size_t place = 0; place < width; ++place) {
            bytes += static_cast<char>(letter >> 8U * (order == Order::little ? place : width - 1 - place));
        }
    }
    return bytes;
}

std::string hex(std::string_view word, std::string_view digits) {
    std::string text;
    for (const char letter : word) {
        const auto byte = static_cast<unsigned char>(letter);
        text += digits[byte >> 4U];
        text += digits[byte & 0xfU];
    }
    return text;
}

// What of a base64 text does not depend on the word's neighbours, when it starts `phase` bytes into a group of three.
std::string base64_middle(std::string_view word, std::size_t phase) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = (3 - phase) % 3; at + 3 <= word.size(); at += 3) {
        std::uint32_t group = 0;
        for (const char letter : word.substr(at, 3)) {
            group = group << 8U | static_cast<unsigned char>(letter);
        }
        for (const unsigned shift : {18U, 12U, 6U, 0U}) {
            text += digits[group >> shift & 63U];
        }
    }
    return text;
}

std::vector<Needle> needles_of(const std::string& word) {
    const auto letters = letters_of(word);
    std::string capitals = word;
    std::ranges::transform(capitals, capitals.begin(),
                           [](char letter) { return letter >= 'a' && letter <= 'z' ? char(letter - 32) : letter; });
    std::vector<Needle> needles{{"UTF-8", word},
                                {"capitals", capitals},
                                {"UTF-16LE", in_units(letters, 2, Order::little)},
                                {"UTF-16BE", in_units(letters, 2, Order::big)},
                                {"UTF-32BE", in_units(letters, 4, Order::big)},
                                {"hex", hex(word, "0123456789abcdef")},
                                {"hex in capitals", hex(word, "0123456789ABCDEF")}};
    for (std::size_t phase = 0; phase < 3; ++phase) {
        needles.push_back({"base64 in phase " + std::to_string(phase), base64_middle(word, phase)});
    }
    if (capitals == word) {  // a script without any
        needles.erase(needles.begin() + 1);
    }
    return needles;
}

// Every needle that starts at a place in memory is found by its first eight bytes.
class Search {
  public:
    explicit Search(const std::vector<std::string>& words) {
        for (const std::string& word : words) {
            for (Needle& needle : needles_of(word)) {
                const std::uint64_t head = head_of(needle.bytes.data());
                seen_heads_.at(short_hash(head)) = true;
                needles_.emplace(head, std::move(needle));
            }
            remember_runs(letters_of(word));
        }
    }

    void bytes(std::string_view data, const std::string& place) {
        ++places_;
        bytes_ += data.size();
        std::unordered_map<const Needle*, int> seen;
        for (std::size_t at = 0; at + head_size <= data.size(); ++at) {
            const std::uint64_t head = head_of(data.data() + at);
            if (!seen_heads_[short_hash(head)]) {
                continue;
            }
            const auto [first, last] = needles_.equal_range(head);
            for (auto found = first; found != last; ++found) {
                const Needle& needle = found->second;
                if (data.substr(at, needle.bytes.size()) == needle.bytes && ++seen[&needle] <= hits_of_one_kind_max) {
                    hit(data, place, at, needle.bytes.size(), needle.encoding);
                }
            }
        }
        letters_apart(data, place);
    }
    void name(const std::filesystem::path& path) {
        for (const auto& [head, needle] : needles_) {
            if (path.filename().string().find(needle.bytes) != std::string::npos) {
                hit(path.filename().string(), "a file's name", 0, 0, needle.encoding);
            }
        }
    }
    [[nodiscard]] int end() const {
        std::printf("%zu places, %zu bytes, %zu hits\n", places_, bytes_, hits_);
        return hits_ == 0 ? 0 : 1;
    }

  private:
    static constexpr int hits_of_one_kind_max = 5;
    static constexpr std::size_t head_size = 8;
    static constexpr std::size_t letters_in_a_row = 6;
    static constexpr std::size_t stride_max = 64;  // in units of 4 bytes; 1 is UTF-32
    static constexpr std::size_t letters_end = 0x1000;

    static std::uint64_t head_of(const char* bytes) {
        std::uint64_t head = 0;
        std::memcpy(&head, bytes, head_size);
        return head;
    }
    static std::size_t short_hash(std::uint64_t head) { return head * 0x9E3779B97F4A7C15U >> 44U; }
    static std::uint64_t joined(std::uint64_t run, std::uint32_t letter) { return (run ^ letter) * 0x100000001B3U; }

    void remember_runs(const std::vector<std::uint32_t>& letters) {
        for (std::size_t start = 0; start + letters_in_a_row <= letters.size(); ++start) {
            std::uint64_t run = 0;
            for (std::size_t index = 0; index < letters_in_a_row; ++index) {
                letters_.at(letters[start + index]) = true;
                run = joined(run, letters[start + index]);
            }
            pairs_.at(pair_of(letters[start], letters[start + 1])) = true;
            runs_.insert(run);
        }
    }
    // A letter as a 32-bit number, the next one a fixed distance behind it, and so on.
    void letters_apart(std::string_view data, const std::string& place) {
        std::vector<std::uint32_t> units(data.size() / 4);
        std::memcpy(units.data(), data.data(), units.size() * 4);
        const std::size_t reach = stride_max * (letters_in_a_row - 1);
        units.resize(units.size() + reach);
        for (std::size_t at = 0; at + reach < units.size(); ++at) {
            if (!is_letter(units[at])) {
                continue;
            }
            for (std::size_t stride = 1; stride <= stride_max; ++stride) {
                if (is_letter(units[at + stride]) && pairs_[pair_of(units[at], units[at + stride])] &&
                    is_run(units, at, stride)) {
                    hit(data, place, at * 4, 0, "a letter every " + std::to_string(stride * 4) + " bytes");
                }
            }
        }
    }
    [[nodiscard]] bool is_letter(std::uint32_t unit) const { return unit < letters_end && letters_[unit]; }
    static std::size_t pair_of(std::uint32_t one, std::uint32_t other) { return (one << 8U ^ other) % pairs_count; }
    [[nodiscard]] bool is_run(const std::vector<std::uint32_t>& units, std::size_t at, std::size_t stride) const {
        std::uint64_t run = 0;
        for (std::size_t index = 0; index < letters_in_a_row; ++index) {
            if (!is_letter(units[at + index * stride])) {
                return false;
            }
            run = joined(run, units[at + index * stride]);
        }
        return runs_.contains(run);
    }
    void hit(std::string_view data, const std::string& place, std::size_t at, std::size_t size,
             const std::string& encoding) {
        ++hits_;
        const std::size_t start = at - std::min<std::size_t>(at, 24);
        std::string around(data.substr(start, at - start + size + 40));
        std::ranges::replace_if(around, [](char letter) { return letter < ' ' || letter > '~'; }, '.');
        std::printf("%s +%zx: %s: %s\n", place.c_str(), at, encoding.c_str(), around.c_str());
    }

    static constexpr std::size_t pairs_count = 0x10000;
    std::unordered_multimap<std::uint64_t, Needle> needles_;  // by their heads
    std::vector<bool> seen_heads_ = std::vector<bool>(std::size_t{1} << 20U);
    std::vector<bool> letters_ = std::vector<bool>(letters_end);  // which are in a word
    std::vector<bool> pairs_ = std::vector<bool>(pairs_count);    // which begin a run of letters
    std::unordered_set<std::uint64_t> runs_;                      // of letters_in_a_row
    std::size_t places_ = 0;
    std::size_t bytes_ = 0;
    std::size_t hits_ = 0;
};

bool search_memory(Search& search, const std::string& process) {
    std::ifstream maps("/proc/" + process + "/maps");
    const int memory = ::open(("/proc/" + process + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
    if (!maps || memory < 0) {
        std::fprintf(stderr, "residue_search: the memory of %s can't be read\n", process.c_str());
        return false;
    }
    for (std::string line; std::getline(maps, line);) {
        // start-end permissions offset device inode name. What can't be written to is a file's own bytes.
        std::uint64_t start = 0;
        std::uint64_t end = 0;
        std::array<char, 5> permissions{};
        int name_at = 0;
        std::sscanf(line.c_str(), "%lx-%lx %4s %*s %*s %*s %n", &start, &end, permissions.data(), &name_at);
        if (permissions[0] != 'r' || permissions[1] != 'w') {
            continue;
        }
        std::string data(end - start, '\0');
        const ssize_t size = ::pread(memory, data.data(), data.size(), static_cast<off_t>(start));
        if (size > 0) {
            data.resize(static_cast<std::size_t>(size));
            search.bytes(data, line.substr(static_cast<std::size_t>(name_at)) + " " + line.substr(0, line.find('-')));
        }
    }
    ::close(memory);
    return true;
}

void search_file(Search& search, const std::filesystem::path& path) {
    search.name(path);
    std::error_code ignored;
    if (std::filesystem::is_regular_file(std::filesystem::symlink_status(path, ignored))) {
        std::ifstream file(path, std::ios::binary);
        std::ostringstream bytes;
        bytes << file.rdbuf();
        search.bytes(bytes.view(), path.string());
    }
}

// An argument's own word, or those of the file that it names.
std::vector<std::string> words_of(const std::string& argument) {
    if (argument.front() != '@') {
        return {argument};
    }
    std::vector<std::string> words;
    std::ifstream file(argument.substr(1));
    for (std::string line; std::getline(file, line);) {
        words.push_back(line);
    }
    return words;
}

}  // namespace

int main(int argument_count, char* arguments[]) {
    const std::vector<std::string> given(arguments + 1, arguments + argument_count);
    constexpr std::size_t word_size_min = 12;  // base64 leaves a quarter of it at the least
    const bool whole = given.size() >= 2 && !given[0].empty() && (given[1] != "--pid" || given.size() == 3);
    const auto words = whole ? words_of(given[0]) : std::vector<std::string>();
    if (words.empty() ||
        std::ranges::any_of(words, [](const std::string& word) { return word.size() < word_size_min; })) {
        std::fputs("usage: residue_search WORD|@FILE --pid PID | residue_search WORD|@FILE PATH...\n", stderr);
        return 2;
    }
    Search search(words);
    if (given[1] == "--pid") {
        return search_memory(search, given[2]) ? search.end() : 2;
    }
    for (auto path = given.begin() + 1; path != given.end(); ++path) {
        search_file(search, *path);
        if (std::filesystem::is_directory(*path)) {
            for (const auto& entry : std::filesystem::recursive_directory_iterator(*path)) {
                search_file(search, entry.path());
            }
        }
    }
    return search.end();
}
