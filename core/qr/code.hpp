// SPDX-License-Identifier: GPL-3.0-or-later
//
// QR codes (ISO/IEC 18004): the only folder that includes libqrencode. A text in, a square of dark and light modules
// out; who draws it adds the light border of four modules that a reader needs.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace pillarbox::qr {

class Code {
  public:
    Code(std::size_t size, std::vector<bool> dark) : size_(size), dark_(std::move(dark)) {}
    [[nodiscard]] std::size_t size() const { return size_; }  // modules on a side
    [[nodiscard]] bool is_dark(std::size_t column, std::size_t row) const { return dark_[row * size_ + column]; }

  private:
    std::size_t size_;
    std::vector<bool> dark_;
};

inline constexpr std::size_t quiet_modules = 4;

// Error correction M: a seventh of it may be covered. limit_exceeded where the text is too long for the largest one
// (about 2,300 bytes).
[[nodiscard]] base::Result<Code> make_code(std::string_view text);

}  // namespace pillarbox::qr
