// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/speech/synthesizer.hpp"

#include <espeak-ng/speak_lib.h>

#include <algorithm>

#include "accessibility/speech/voices.hpp"
#include "accessibility/text/wiped_text.hpp"
#include "core/base/utf8.hpp"

namespace pillarbox::speech {
namespace {

using base::ErrorCode;
using base::Result;

// Small enough that the first sound does not wait for a second one.
constexpr int chunk_ms = 20;

// espeak-ng calls this on the thread that called espeak_Synth, with that call's user data.
int take_chunk(short* wave, int count, espeak_EVENT* events) {
    if (wave == nullptr || count <= 0) {
        return 0;
    }
    const auto& take = *static_cast<const TakeSamples*>(events->user_data);
    return take({wave, static_cast<std::size_t>(count)}) == More::stop ? 1 : 0;
}

bool is_one_code_point(std::string_view letter) {
    const auto decoded = base::from_utf8(letter);
    return decoded.has_value() && decoded->size() == 1;
}

std::string_view escaped(std::string_view letter) {
    return letter == "<" ? "&lt;" : letter == ">" ? "&gt;" : letter == "&" ? "&amp;" : letter;
}

// A mark or letter is named ("dot"); one with a vowel sign is read, because naming both is not how it is spelled.
std::string marked_up_letters(std::string_view lines) {
    static constexpr std::string_view open = R"(<say-as interpret-as="tts:char">)";
    static constexpr std::string_view close = "</say-as> ";
    std::string marked;
    const auto count = static_cast<std::size_t>(std::ranges::count(lines, '\n')) + 1;
    marked.reserve(lines.size() + count * (open.size() + close.size() + escaped("&").size()));
    while (!lines.empty()) {
        const auto letter = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(letter.size() + 1, lines.size()));
        if (is_one_code_point(letter)) {
            marked.append(open).append(escaped(letter)).append(close);
        } else {
            marked.append(letter).append(", ");
        }
    }
    return marked;
}

void synthesize(const std::string& text, unsigned flags, const TakeSamples& take) {
    // It promises not to write what it is given.
    auto* user_data = const_cast<void*>(static_cast<const void*>(&take));
    static_cast<void>(espeak_Synth(text.c_str(), text.size() + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8 | flags,
                                   nullptr, user_data));
}

}  // namespace

Result<std::unique_ptr<Synthesizer>> Synthesizer::create() {
    // Once in a process, and never ended: espeak_Terminate() of 1.51 waits for ever for its own thread now and then.
    static const int rate =
        espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, chunk_ms, nullptr, espeakINITIALIZE_DONT_EXIT);
    if (rate != sample_rate_hz) {
        return base::fail(ErrorCode::unavailable, "speech", "The voice could not be loaded.",
                          "Install the package espeak-ng-data.");
    }
    espeak_SetSynthCallback(&take_chunk);
    return std::unique_ptr<Synthesizer>(new Synthesizer());
}

Synthesizer::~Synthesizer() {
    forget();
}

Result<void> Synthesizer::choose_voice(std::string_view lang) {
    const auto wanted = voice_of(lang);
    if (wanted == voice_) {
        return {};
    }
    // An unknown name leaves the voice as it was, so that Somali would be read as whatever came before.
    if (wanted.empty() || espeak_SetVoiceByName(std::string(wanted).c_str()) != EE_OK) {
        return base::fail(ErrorCode::unavailable, "speech", "There is no voice for this language.",
                          "Record clips for it, or install the package espeak-ng-data.");
    }
    voice_ = wanted;
    return {};
}

Result<void> Synthesizer::speak(const Run& run, int rate_wpm, const TakeSamples& take) {
    TRY(choose_voice(run.lang));
    espeak_SetParameter(espeakRATE, std::clamp(rate_wpm, rate_min_wpm, rate_max_wpm), 0);
    if (run.manner == Manner::words) {
        synthesize(run.text, 0, take);
    } else {
        std::string marked = marked_up_letters(run.text);
        synthesize(marked, espeakSSML, take);
        text::wipe(marked);
    }
    return {};
}

void Synthesizer::forget() {
    if (voice_.empty()) {
        return;  // it never spoke
    }
    // One clause longer than any of its buffers, at the fastest rate.
    constexpr std::size_t words = 600;
    std::string nonsense;
    nonsense.reserve(words * 4);
    for (std::size_t word = 0; word < words; ++word) {
        nonsense += "moo ";
    }
    espeak_SetParameter(espeakRATE, rate_max_wpm, 0);
    synthesize(nonsense, 0, [](std::span<const Sample>) { return More::go_on; });
}

}  // namespace pillarbox::speech
