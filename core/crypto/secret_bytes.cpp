// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/secret_bytes.hpp"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "core/base/check.hpp"
#include "core/crypto/secret_slab.hpp"
#include "core/crypto/sodium_ready.hpp"

namespace pillarbox::crypto {

SecretBytes::SecretBytes(std::size_t size_bytes) : size_(size_bytes) {
    if (size_bytes == 0)
        return;  // an empty secret needs no page
    data_.reset(SecretSlab::shared().take(size_bytes));
    if (data_ != nullptr)
        return;
    ensure_sodium_ready();
    data_.reset(static_cast<std::uint8_t*>(sodium_malloc(size_bytes)));
    // Every caller has a cap on the size, so this is a machine without memory: stop rather than keep a secret
    // elsewhere.
    PILLARBOX_CHECK(data_ != nullptr);
    std::fill_n(data_.get(), size_bytes, std::uint8_t{0});
}

SecretBytes SecretBytes::copy_of(base::ByteView bytes) {
    SecretBytes secret(bytes.size());
    std::ranges::copy(bytes, secret.bytes().begin());
    return secret;
}

// The size goes along with the data: a moved-from secret is empty, not a size over nothing.
SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::move(other.data_)), size_(std::exchange(other.size_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
        data_ = std::move(other.data_);
        size_ = std::exchange(other.size_, 0);
    }
    return *this;
}

void SecretBytes::Release::operator()(std::uint8_t* data) const noexcept {
    if (!SecretSlab::shared().release(data))
        sodium_free(data);  // both wipe first
}

void wipe(std::span<std::uint8_t> bytes) {
    if (!bytes.empty())
        sodium_memzero(bytes.data(), bytes.size());
}

}  // namespace pillarbox::crypto
