// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/font_library.hpp"

#include <pango/pangofc-fontmap.h>

#include <algorithm>
#include <string_view>
#include <system_error>
#include <utility>

#include "accessibility/text/font_configuration.hpp"
#include "accessibility/text/font_parts.hpp"

namespace pillarbox::text {
namespace {

struct DestroyPattern {
    void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
};
struct DestroyFontSet {
    void operator()(FcFontSet* set) const { FcFontSetDestroy(set); }
};

const FcChar8* fontconfig_text(const std::string& text) {
    return reinterpret_cast<const FcChar8*>(text.c_str());
}

bool has_family(FcConfig* config, const char* family) {
    const std::unique_ptr<FcPattern, DestroyPattern> pattern(
        FcPatternBuild(nullptr, FC_FAMILY, FcTypeString, family, nullptr));
    const std::unique_ptr<FcFontSet, DestroyFontSet> found(FcFontList(config, pattern.get(), nullptr));
    return found && found->nfont > 0;
}

struct NeededFamily {
    const char* family;
    const char* package;
};

// One font of each package stands for it: without these, some language on offer could not be read.
constexpr NeededFamily needed_families[] = {
    {"Inter", "fonts-inter"},
    {"Noto Sans Arabic", "fonts-noto-core"},
    {"Noto Sans Bengali", "fonts-noto-core"},
    {"Noto Sans CJK SC", "fonts-noto-cjk"},
    {"Noto Color Emoji", "fonts-noto-color-emoji"},
    {"OpenDyslexic", "fonts-opendyslexic"},
};

// Upright text faces only, in the weights that TextStyle has: a third of the files, and so a third of the time.
bool is_wanted(const std::filesystem::path& file) {
    constexpr std::string_view unwanted[] = {"Italic",  "Thin",  "Light", "Black", "ExtraBold",
                                             "Display", "Serif", "Mono",  "Kufi",  "Alta"};
    const auto name = file.filename().string();
    const auto extension = file.extension();
    return (extension == ".otf" || extension == ".ttf" || extension == ".ttc") &&
           std::ranges::none_of(unwanted, [&name](auto part) { return name.find(part) != std::string::npos; });
}

// In the order of their names: a folder's own order differs by machine, and would choose between equal fonts.
std::vector<std::filesystem::path> wanted_files(const std::vector<std::filesystem::path>& folders) {
    std::vector<std::filesystem::path> files;
    for (const auto& folder : folders) {
        std::error_code problem;
        std::filesystem::recursive_directory_iterator at(folder, problem);
        for (; !problem && at != std::filesystem::recursive_directory_iterator(); at.increment(problem)) {
            if (is_wanted(at->path())) {
                files.push_back(at->path());
            }
        }
    }
    std::ranges::sort(files);
    return files;
}

// File by file, not folder by folder: for a folder fontconfig would use the system's cache, made without our scan
// rule, or want a cache of its own to write. A folder or file that can't be read is passed over; check_families()
// says what is missing.
void add_fonts(FcConfig* config, const std::vector<std::filesystem::path>& files) {
    for (const auto& file : files) {
        FcConfigAppFontAddFile(config, fontconfig_text(file.string()));
    }
}

base::Result<void> check_families(FcConfig* config, const std::string& where) {
    for (const auto& needed : needed_families) {
        if (!has_family(config, needed.family)) {
            return base::fail(
                base::ErrorCode::unavailable, where, "The font " + std::string(needed.family) + " is not installed.",
                "Install the Debian packages fonts-inter, fonts-noto-core, fonts-noto-cjk, fonts-noto-color-emoji "
                "and fonts-opendyslexic "
                "(missing: " +
                    std::string(needed.package) + ").");
        }
    }
    return {};
}

std::string joined(const std::vector<std::filesystem::path>& folders) {
    std::string result;
    for (const auto& folder : folders) {
        result += (result.empty() ? "" : ", ") + folder.string();
    }
    return result;
}

// Unhinted outlines at quarter pixels keep their spacing at every size and zoom, and the same glyph looks the same in
// every line.
void set_font_options(PangoContext* context) {
    const FontOptionsHandle options(cairo_font_options_create());
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options.get());
    pango_context_set_round_glyph_positions(context, FALSE);
}

}  // namespace

FontLibrary::FontLibrary(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
FontLibrary::~FontLibrary() = default;

std::vector<std::filesystem::path> FontLibrary::debian_folders() {
    return {"/usr/share/fonts/opentype/inter", "/usr/share/fonts/truetype/noto", "/usr/share/fonts/opentype/noto",
            "/usr/share/fonts/opentype/opendyslexic"};
}

base::Result<std::shared_ptr<FontLibrary>> FontLibrary::create(const std::vector<std::filesystem::path>& folders) {
    auto parts = std::make_unique<Parts>();
    parts->config.reset(FcConfigCreate());
    const std::string xml = font_configuration();
    if (!parts->config ||
        FcConfigParseAndLoadFromMemory(parts->config.get(), fontconfig_text(xml), FcTrue) != FcTrue ||
        FcConfigBuildFonts(parts->config.get()) != FcTrue) {
        return base::fail(base::ErrorCode::unavailable, {}, "fontconfig could not be set up.",
                          "Install Debian's libfontconfig1.");
    }
    auto files = wanted_files(folders);
    const auto further = std::ranges::stable_partition(files, is_listed);
    parts->further_files.assign(further.begin(), further.end());
    files.erase(further.begin(), further.end());
    add_fonts(parts->config.get(), files);
    TRY(check_families(parts->config.get(), joined(folders)));
    // Pango makes the current configuration ready in a thread, also where another one is set: without this, all fonts
    // of the system.
    FcConfigSetCurrent(parts->config.get());
    parts->font_map.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
    if (!parts->font_map) {
        return base::fail(base::ErrorCode::unavailable, {}, "Pango was built without FreeType.",
                          "Install Debian's libpangocairo-1.0-0.");
    }
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(parts->font_map.get()), parts->config.get());
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(parts->font_map.get()), 72);
    return std::shared_ptr<FontLibrary>(new FontLibrary(std::move(parts)));
}

bool FontLibrary::Parts::add_further_fonts() const {
    if (further_files.empty()) {
        return false;
    }
    add_fonts(config.get(), std::exchange(further_files, {}));
    pango_fc_font_map_config_changed(PANGO_FC_FONT_MAP(font_map.get()));
    return true;
}

PangoContext* FontLibrary::Parts::context_of(const std::string& language, Direction direction) const {
    const auto key = std::pair(language, direction);
    if (const auto found = contexts.find(key); found != contexts.end()) {
        return found->second.get();
    }
    ContextHandle context(pango_font_map_create_context(font_map.get()));
    set_font_options(context.get());
    pango_context_set_language(context.get(), pango_language_from_string(language.c_str()));
    pango_context_set_base_dir(context.get(),
                               direction == Direction::right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    return contexts.emplace(key, std::move(context)).first->second.get();
}

}  // namespace pillarbox::text
