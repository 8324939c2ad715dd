// SPDX-License-Identifier: GPL-3.0-or-later
//
//     residue_search WORD --pid PID      the memory of a living process, as far as it can be written to
//     residue_search WORD PATH...        files, and all files under folders; their names too
//
// Looks for a word in every encoding that programs keep text in, also for six of its letters in a row in arrays of
// structures that hold one letter each (glyphs, window events). Prints each hit with what stands around it, and at
// the end how much was searched. Exit status: 0 nothing found, 1 found, 2 could not search.
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
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Needle {
    std::string encoding;
    std::string bytes;
};

std::string widened(std::string_view word, std::size_t width, std::size_t place) {
    std::string bytes(word.size() * width, '\0');
    for (std::size_t index = 0; index < word.size(); ++index) {
        bytes[index * width + place] = word[index];
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
    std::string capitals = word;
    std::ranges::transform(capitals, capitals.begin(),
                           [](char letter) { return letter >= 'a' && letter <= 'z' ? char(letter - 32) : letter; });
    std::vector<Needle> needles{{"UTF-8", word},
                                {"capitals", capitals},
                                {"UTF-16LE", widened(word, 2, 0)},
                                {"UTF-16BE", widened(word, 2, 1)},
                                {"UTF-32BE", widened(word, 4, 3)},
                                {"hex", hex(word, "0123456789abcdef")},
                                {"hex in capitals", hex(word, "0123456789ABCDEF")}};
    for (std::size_t phase = 0; phase < 3; ++phase) {
        needles.push_back({"base64 in phase " + std::to_string(phase), base64_middle(word, phase)});
    }
    return needles;
}

class Search {
  public:
    explicit Search(const std::string& word) : word_(word), needles_(needles_of(word)) {
        for (const char letter : word) {
            letters_.at(static_cast<unsigned char>(letter)) = true;
        }
    }

    void bytes(std::string_view data, const std::string& place) {
        ++places_;
        bytes_ += data.size();
        for (const Needle& needle : needles_) {
            std::size_t at = data.find(needle.bytes);
            for (int seen = 0; seen < hits_of_one_kind_max && at != data.npos; ++seen) {
                hit(data, place, at, needle.bytes.size(), needle.encoding);
                at = data.find(needle.bytes, at + 1);
            }
        }
        letters_apart(data, place);
    }
    void name(const std::filesystem::path& path) {
        for (const Needle& needle : needles_) {
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
    static constexpr std::size_t letters_in_a_row = 6;
    static constexpr std::size_t stride_max = 64;  // in units of 4 bytes; 1 is UTF-32

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
                if (is_letter(units[at + stride]) && is_run(units, at, stride)) {
                    hit(data, place, at * 4, 0, "a letter every " + std::to_string(stride * 4) + " bytes");
                }
            }
        }
    }
    [[nodiscard]] bool is_letter(std::uint32_t unit) const { return unit < letters_.size() && letters_[unit]; }
    [[nodiscard]] bool is_run(const std::vector<std::uint32_t>& units, std::size_t at, std::size_t stride) const {
        for (std::size_t start = 0; start + letters_in_a_row <= word_.size(); ++start) {
            std::size_t same = 0;
            while (same < letters_in_a_row &&
                   units[at + same * stride] == static_cast<unsigned char>(word_[start + same])) {
                ++same;
            }
            if (same == letters_in_a_row) {
                return true;
            }
        }
        return false;
    }
    void hit(std::string_view data, const std::string& place, std::size_t at, std::size_t size,
             const std::string& encoding) {
        ++hits_;
        const std::size_t start = at - std::min<std::size_t>(at, 24);
        std::string around(data.substr(start, at - start + size + 40));
        std::ranges::replace_if(around, [](char letter) { return letter < ' ' || letter > '~'; }, '.');
        std::printf("%s +%zx: %s: %s\n", place.c_str(), at, encoding.c_str(), around.c_str());
    }

    std::string word_;
    std::vector<Needle> needles_;
    std::array<bool, 256> letters_{};  // which are in the word
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

}  // namespace

int main(int argument_count, char* arguments[]) {
    const std::vector<std::string> words(arguments + 1, arguments + argument_count);
    constexpr std::size_t word_size_min = 12;  // base64 leaves a quarter of it at the least
    if (words.size() < 2 || words[0].size() < word_size_min || (words[1] == "--pid" && words.size() != 3)) {
        std::fputs("usage: residue_search WORD --pid PID | residue_search WORD PATH...\n", stderr);
        return 2;
    }
    Search search(words[0]);
    if (words[1] == "--pid") {
        return search_memory(search, words[2]) ? search.end() : 2;
    }
    for (auto path = words.begin() + 1; path != words.end(); ++path) {
        search_file(search, *path);
        if (std::filesystem::is_directory(*path)) {
            for (const auto& entry : std::filesystem::recursive_directory_iterator(*path)) {
                search_file(search, entry.path());
            }
        }
    }
    return search.end();
}
