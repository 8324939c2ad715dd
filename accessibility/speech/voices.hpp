// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which languages can be spoken: by a voice of espeak-ng, or by recorded clips where it has none.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace pillarbox::speech {

// espeak-ng's name of the voice, by its file ("gmw/en"), because "en-gb" and the like are not found and leave the
// voice that was there before. Empty where it has no voice for the language, as for Somali. A region ("ar-EG") falls
// back to its language.
[[nodiscard]] std::string_view voice_of(std::string_view lang);

enum class Speakable { by_voice, by_clips, not_at_all };
// By clips: the folder of clips has one of that language.
[[nodiscard]] Speakable speakable(std::string_view lang, const std::filesystem::path& clips);

// The name of a text's clip: 64-bit FNV-1a of its UTF-8 in hexadecimal. A text that changes is a clip to be recorded
// anew.
[[nodiscard]] std::string clip_id(std::string_view text);
// LANG/ID.wav under the folder of clips.
[[nodiscard]] std::filesystem::path clip_path(const std::filesystem::path& clips, std::string_view lang,
                                              std::string_view text);

}  // namespace pillarbox::speech
