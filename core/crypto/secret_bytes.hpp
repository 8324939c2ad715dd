// SPDX-License-Identifier: GPL-3.0-or-later
//
// Secret bytes in guarded, locked memory that is wiped when released: a cell of the process's slab (secret_slab.hpp)
// where they are few, a sodium_malloc of their own where they are many. Move-only: a secret has one place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "core/base/bytes.hpp"

namespace pillarbox::crypto {

class SecretBytes {
  public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size_bytes);  // zero-filled
    [[nodiscard]] static SecretBytes copy_of(base::ByteView bytes);

    [[nodiscard]] std::span<std::uint8_t> bytes() { return {data_.get(), size_}; }
    [[nodiscard]] base::ByteView view() const { return {data_.get(), size_}; }
    [[nodiscard]] std::size_t size() const { return size_; }

    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;

  private:
    struct Release {
        void operator()(std::uint8_t* data) const noexcept;
    };
    std::unique_ptr<std::uint8_t, Release> data_;
    std::size_t size_ = 0;
};

// Overwrites a buffer that held a secret, in a way the compiler may not leave out.
void wipe(std::span<std::uint8_t> bytes);

}  // namespace pillarbox::crypto
