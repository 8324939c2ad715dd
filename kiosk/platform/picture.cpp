// SPDX-License-Identifier: GPL-3.0-or-later
//
// libpng's simplified interface: it reports errors by return value, so that nothing here jumps.
#include "kiosk/platform/picture.hpp"

#include <png.h>

#include <cstring>

namespace pillarbox::platform {

using base::ErrorCode;
using base::fail;

namespace {

constexpr png_uint_32 side_px_max = 8192;

png_image image_of(int width, int height) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width);
    image.height = static_cast<png_uint_32>(height);
    image.format = PNG_FORMAT_RGBA;
    return image;
}

}  // namespace

base::Result<void> write_png(const std::filesystem::path& path, const PictureView& picture) {
    const std::size_t needed = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 4;
    if (picture.rgba.size() != needed || needed == 0) {
        return fail(ErrorCode::malformed, path.string(), "The picture's size and its pixels do not agree.");
    }
    png_image image = image_of(picture.width, picture.height);
    if (png_image_write_to_file(&image, path.c_str(), 0, picture.rgba.data(), 0, nullptr) == 0) {
        return fail(ErrorCode::input_output, path.string(),
                    std::string("The picture can't be written: ") + image.message);
    }
    return {};
}

base::Result<Picture> read_png(const std::filesystem::path& path) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_file(&image, path.c_str()) == 0) {
        return fail(ErrorCode::malformed, path.string(), std::string("The picture can't be read: ") + image.message);
    }
    if (image.width > side_px_max || image.height > side_px_max) {
        png_image_free(&image);
        return fail(ErrorCode::limit_exceeded, path.string(), "The picture is larger than 8192 px a side.");
    }
    image.format = PNG_FORMAT_RGBA;
    Picture picture{static_cast<int>(image.width), static_cast<int>(image.height), {}};
    picture.rgba.resize(PNG_IMAGE_SIZE(image));
    if (png_image_finish_read(&image, nullptr, picture.rgba.data(), 0, nullptr) == 0) {
        return fail(ErrorCode::malformed, path.string(), std::string("The picture can't be read: ") + image.message);
    }
    return picture;
}

}  // namespace pillarbox::platform
