// SPDX-License-Identifier: GPL-3.0-or-later
//
// Owning pointers to Pango's, cairo's and fontconfig's objects. For this folder's sources only.
#pragma once

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

#include <memory>

namespace pillarbox::text {

struct UnrefObject {
    void operator()(void* object) const { g_object_unref(object); }
};
struct FreeFontDescription {
    void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
};
struct UnrefAttributes {
    void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
};
struct FreeIterator {
    void operator()(PangoLayoutIter* iterator) const { pango_layout_iter_free(iterator); }
};
struct DestroySurface {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct DestroyCairo {
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
struct DestroyFontOptions {
    void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};
struct DestroyConfig {
    void operator()(FcConfig* config) const { FcConfigDestroy(config); }
};
struct FreeMemory {
    void operator()(void* memory) const { g_free(memory); }
};

using FontMapHandle = std::unique_ptr<PangoFontMap, UnrefObject>;
using ContextHandle = std::unique_ptr<PangoContext, UnrefObject>;
using LayoutHandle = std::unique_ptr<PangoLayout, UnrefObject>;
using FontHandle = std::unique_ptr<PangoFont, UnrefObject>;
using FontDescriptionHandle = std::unique_ptr<PangoFontDescription, FreeFontDescription>;
using AttributesHandle = std::unique_ptr<PangoAttrList, UnrefAttributes>;
using IteratorHandle = std::unique_ptr<PangoLayoutIter, FreeIterator>;
using SurfaceHandle = std::unique_ptr<cairo_surface_t, DestroySurface>;
using CairoHandle = std::unique_ptr<cairo_t, DestroyCairo>;
using FontOptionsHandle = std::unique_ptr<cairo_font_options_t, DestroyFontOptions>;
using ConfigHandle = std::unique_ptr<FcConfig, DestroyConfig>;
using TextHandle = std::unique_ptr<char, FreeMemory>;

[[nodiscard]] inline float to_px(int pango_units) {
    return static_cast<float>(pango_units) / PANGO_SCALE;
}
[[nodiscard]] inline int to_pango_units(float px) {
    return static_cast<int>(px * PANGO_SCALE);
}

}  // namespace pillarbox::text
