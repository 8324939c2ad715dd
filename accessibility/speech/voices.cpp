// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/speech/voices.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <system_error>

namespace pillarbox::speech {
namespace {

struct Voice {
    std::string_view lang;
    std::string_view name;
};
// Chinese by the pinyin voice, which reads characters too: the other one of Debian spells them in English.
constexpr std::array voices{
    Voice{"en", "gmw/en"},
    Voice{"ar", "sem/ar"},
    Voice{"bg", "zls/bg"},
    Voice{"bn", "inc/bn"},
    Voice{"es", "roa/es"},
    Voice{"fa", "ira/fa"},
    Voice{"fr", "roa/fr"},
    Voice{"gu", "inc/gu"},
    Voice{"hi", "inc/hi"},
    Voice{"it", "roa/it"},
    Voice{"pa", "inc/pa"},
    Voice{"pl", "zlw/pl"},
    Voice{"pt", "roa/pt"},
    Voice{"ro", "roa/ro"},
    Voice{"ta", "dra/ta"},
    Voice{"tr", "trk/tr"},
    Voice{"ur", "inc/ur"},
    Voice{"zh", "sit/cmn-Latn-pinyin"},
};

std::string_view language_of(std::string_view lang) {
    return lang.substr(0, lang.find('-'));
}

}  // namespace

std::string_view voice_of(std::string_view lang) {
    const auto* found = std::ranges::find(voices, language_of(lang), &Voice::lang);
    return found == voices.end() ? std::string_view() : found->name;
}

Speakable speakable(std::string_view lang, const std::filesystem::path& clips) {
    if (!voice_of(lang).empty()) {
        return Speakable::by_voice;
    }
    std::error_code problem;
    std::filesystem::directory_iterator files(clips / language_of(lang), problem);
    const bool has_clip = !problem && std::any_of(begin(files), end(files),
                                                  [](const auto& file) { return file.path().extension() == ".wav"; });
    return has_clip ? Speakable::by_clips : Speakable::not_at_all;
}

std::string clip_id(std::string_view text) {
    constexpr std::uint64_t offset_basis = 0xcbf29ce484222325;
    constexpr std::uint64_t prime = 0x100000001b3;
    std::uint64_t hash = offset_basis;
    for (const char byte : text) {
        hash = (hash ^ static_cast<unsigned char>(byte)) * prime;
    }
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string id;
    for (int shift = 60; shift >= 0; shift -= 4) {
        id += digits[(hash >> static_cast<unsigned>(shift)) & 0xFU];
    }
    return id;
}

std::filesystem::path clip_path(const std::filesystem::path& clips, std::string_view lang, std::string_view text) {
    return clips / language_of(lang) / (clip_id(text) + ".wav");
}

}  // namespace pillarbox::speech
