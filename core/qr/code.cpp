// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/qr/code.hpp"

#include <qrencode.h>

#include <memory>

namespace pillarbox::qr {
namespace {

struct Free {
    void operator()(QRcode* code) const noexcept { QRcode_free(code); }
};

constexpr int smallest_that_fits = 0;
constexpr unsigned char dark_bit = 1;

}  // namespace

base::Result<Code> make_code(std::string_view text) {
    const std::unique_ptr<QRcode, Free> made(QRcode_encodeData(static_cast<int>(text.size()),
                                                               reinterpret_cast<const unsigned char*>(text.data()),
                                                               smallest_that_fits, QR_ECLEVEL_M));
    if (made == nullptr) {
        return base::fail(base::ErrorCode::limit_exceeded, "QR code", "The text does not fit a QR code.",
                          "Show it as text.");
    }
    const auto size = static_cast<std::size_t>(made->width);
    std::vector<bool> dark(size * size);
    for (std::size_t module = 0; module < dark.size(); ++module) {
        dark[module] = (made->data[module] & dark_bit) != 0;
    }
    return Code(size, std::move(dark));
}

}  // namespace pillarbox::qr
