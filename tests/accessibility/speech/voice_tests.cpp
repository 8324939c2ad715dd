// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cstdlib>

#include "accessibility/speech/clip.hpp"
#include "accessibility/speech/letters.hpp"
#include "accessibility/speech/synthesizer.hpp"
#include "accessibility/speech/voices.hpp"

using namespace pillarbox;
using speech::Manner;
using speech::More;
using speech::Run;

namespace {

struct Recording {
    std::size_t samples = 0;
    std::size_t loud = 0;
};

Recording record(speech::Synthesizer& voice, const Run& run, int rate_wpm = 175) {
    Recording recording;
    const auto spoken = voice.speak(run, rate_wpm, [&](std::span<const speech::Sample> samples) {
        recording.samples += samples.size();
        for (const auto sample : samples) {
            recording.loud += std::abs(int{sample}) > 1000 ? 1U : 0U;
        }
        return More::go_on;
    });
    CHECK(spoken.has_value());
    return recording;
}

}  // namespace

TEST_CASE("every language but Somali has a voice that says something") {
    auto voice = speech::Synthesizer::create().value();
    const std::vector<Run> next{{"Next", "en"},    {"التالي", "ar"},   {"পরবর্তী", "bn"}, {"Siguiente", "es"},
                                {"بعدی", "fa"},    {"Suivant", "fr"},  {"આગળ", "gu"},    {"आगे", "hi"},
                                {"Avanti", "it"},  {"ਅੱਗੇ", "pa"},       {"Dalej", "pl"},  {"Seguinte", "pt"},
                                {"Înainte", "ro"}, {"அடுத்து", "ta"},   {"İleri", "tr"},  {"آگے", "ur"},
                                {"下一步", "zh"},  {"Напред", "bg"},  {"التالي", "ar-EG"}};
    for (const Run& run : next) {
        CAPTURE(run.lang);
        CHECK(record(*voice, run).loud > 500);
    }
    const auto somali =
        voice->speak({"Xiga", "so"}, 175, [](std::span<const speech::Sample>) { return More::go_on; });
    REQUIRE_FALSE(somali.has_value());
    CHECK(somali.error().code == base::ErrorCode::unavailable);
}

TEST_CASE("a faster voice takes less time, and one that is stopped makes no more sound") {
    auto voice = speech::Synthesizer::create().value();
    const Run run{"What is your link with the London Ambulance Service?", "en"};
    CHECK(record(*voice, run, 350).samples * 3 < record(*voice, run, 100).samples * 2);
    int chunks = 0;
    static_cast<void>(voice->speak(run, 175, [&chunks](std::span<const speech::Sample>) {
        ++chunks;
        return More::stop;
    }));
    CHECK(chunks == 1);
}

TEST_CASE("marks are named when a text is spelled") {
    auto voice = speech::Synthesizer::create().value();
    CHECK(record(*voice, {".", "en", Manner::letters}).loud > 500);
    CHECK(record(*voice, {"<\n&", "en", Manner::letters}).loud > 500);
    CHECK(record(*voice, {"কি\nক", "bn", Manner::letters}).loud > 500);
}

TEST_CASE("leading silence is left out, and silence further on is not") {
    speech::LeadingSilence silence;
    const std::vector<speech::Sample> quiet(1000, 0);
    std::vector<speech::Sample> loud(1000, 0);
    loud[500] = 5000;
    CHECK(silence.trim(quiet).empty());
    CHECK(silence.trim(loud).size() == 500);
    CHECK(silence.trim(quiet).size() == 1000);
}

TEST_CASE("volume goes from silence to what the voice gives") {
    const std::vector<speech::Sample> samples{1000, -1000};
    CHECK(speech::at_volume(samples, 100) == samples);
    CHECK(speech::at_volume(samples, 50) == std::vector<speech::Sample>{250, -250});
    CHECK(speech::at_volume(samples, 0) == std::vector<speech::Sample>{0, 0});
}

TEST_CASE("the name of a clip follows its text") {
    CHECK(speech::clip_id("") == "cbf29ce484222325");
    CHECK(speech::clip_id("a") == "af63dc4c8601ec8c");  // test vectors of FNV-1a
    CHECK(speech::clip_path("clips", "so-SO", "a") == "clips/so/af63dc4c8601ec8c.wav");
}

TEST_CASE("only clips that can be played are taken") {
    const std::string good(
        "RIFF\x2a\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x22\x56\0\0\x44\xac\0\0\2\0\x10\0data\4\0\0\0\1\0\2\0", 48);
    const auto samples = speech::parse_clip(base::view_of(good));
    REQUIRE(samples.has_value());
    CHECK(*samples == std::vector<speech::Sample>{1, 2});
    for (std::size_t size = 0; size < good.size(); ++size) {
        CAPTURE(size);
        CHECK_FALSE(speech::parse_clip(base::view_of(good).first(size)).has_value());
    }
    for (const std::size_t byte : {20U, 22U, 24U, 34U}) {
        auto wrong = good;
        wrong[byte] = 3;
        CAPTURE(byte);
        CHECK_FALSE(speech::parse_clip(base::view_of(wrong)).has_value());
    }
}
