// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/font_configuration.hpp"

#include <algorithm>
#include <string_view>

#include "accessibility/text/font_parts.hpp"

namespace pillarbox::text {
namespace {

// Families in the order in which a character's font is looked for. Inter has Latin, Greek and Cyrillic; the sans
// family of a script comes before its serif one, which fontconfig would otherwise find first for some.
constexpr std::string_view families[] = {
    "Inter",
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Bengali",
    "Noto Sans Gujarati",
    "Noto Sans Gurmukhi",
    "Noto Sans Devanagari",
    "Noto Sans Tamil",
    "Noto Sans CJK SC",  // in NotoSansCJK-*.ttc, with its sisters
    "Noto Sans Symbols",
    "Noto Sans Symbols 2",
    "Noto Sans Math",
    "Noto Color Emoji",
};

constexpr std::string_view urdu_family = "Noto Nastaliq Urdu";

// Before all others where somebody asks for it. Of Debian's fonts for readers with dyslexia it is the one that they
// know by name and ask for; SIL Andika is made for those who learn to read.
constexpr std::string_view dyslexia_family = "OpenDyslexic";

// Bitmaps come in one size (Noto Color Emoji: 109 px) and have to be scaled to the size asked for; and Debian's
// NotoNastaliqUrdu-Bold.ttf declares the weight of its regular sibling, so that bold Urdu would be either of the two
// by chance.
constexpr std::string_view rules = R"(
  <alias binding="same"><family>emoji</family><prefer><family>Noto Color Emoji</family></prefer></alias>
  <match target="scan">
    <test name="family"><string>Noto Nastaliq Urdu</string></test>
    <test name="style"><string>Bold</string></test>
    <edit name="weight" mode="assign"><const>bold</const></edit>
  </match>
  <match target="font">
    <test name="outline" compare="eq"><bool>false</bool></test>
    <edit name="pixelsizefixupfactor" mode="assign">
      <divide><name target="pattern">pixelsize</name><name target="font">pixelsize</name></divide>
    </edit>
    <edit name="matrix" mode="assign">
      <times>
        <name>matrix</name>
        <matrix>
          <name>pixelsizefixupfactor</name><double>0</double>
          <double>0</double><name>pixelsizefixupfactor</name>
        </matrix>
      </times>
    </edit>
    <edit name="size" mode="assign"><divide><name>size</name><name>pixelsizefixupfactor</name></divide></edit>
  </match>
)";

// Urdu is read in Nastaliq; a text in Naskh letters looks foreign to its readers.
std::string urdu_rule(const char* family) {
    return std::string(R"(  <match target="pattern">
    <test name="family"><string>)") +
           family + R"(</string></test>
    <test name="lang" compare="contains"><string>ur</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>)" +
           std::string(urdu_family) + R"(</string></edit>
  </match>
)";
}

std::string alias(const char* name, std::string_view first) {
    std::string xml = "  <alias binding=\"same\"><family>" + std::string(name) + "</family><prefer>\n";
    const auto add = [&xml](std::string_view family) { xml += "    <family>" + std::string(family) + "</family>\n"; };
    if (!first.empty()) {
        add(first);
    }
    std::ranges::for_each(families, add);
    return xml + "  </prefer></alias>\n";
}

// Noto and Inter name their files so: "Noto Sans Symbols 2" is in NotoSansSymbols2-Regular.ttf.
std::string file_name_of(std::string_view family) {
    std::string name(family);
    std::erase(name, ' ');
    return name == "NotoSansCJKSC" ? "NotoSansCJK" : name;
}

}  // namespace

bool is_listed(const std::filesystem::path& file) {
    const std::string stem = file.stem().string();
    const std::string_view name = std::string_view(stem).substr(0, stem.find('-'));
    return name == file_name_of(urdu_family) || name == file_name_of(dyslexia_family) ||
           std::ranges::any_of(families, [name](std::string_view family) { return name == file_name_of(family); });
}

std::string font_configuration() {
    std::string xml = "<?xml version=\"1.0\"?>\n<!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">\n<fontconfig>\n";
    for (const char* family : {interface_family, readable_family}) {
        xml += urdu_rule(family);
    }
    xml += alias(interface_family, {});
    xml += alias(readable_family, dyslexia_family);
    xml += rules;
    xml += "</fontconfig>\n";
    return xml;
}

}  // namespace pillarbox::text
