// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/sha512.hpp"

#include <openssl/evp.h>

#include "core/base/check.hpp"

namespace pillarbox::crypto {

struct Sha512::State {
    struct Free {
        void operator()(EVP_MD_CTX* released) const noexcept { EVP_MD_CTX_free(released); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};

    void begin() { PILLARBOX_CHECK(EVP_DigestInit_ex(context.get(), EVP_sha512(), nullptr) == 1); }
};

Sha512::Sha512() : state_(std::make_unique<State>()) {
    PILLARBOX_CHECK(state_->context != nullptr);
    state_->begin();
}
Sha512::~Sha512() = default;
Sha512::Sha512(Sha512&&) noexcept = default;
Sha512& Sha512::operator=(Sha512&&) noexcept = default;

void Sha512::add(base::ByteView bytes) {
    PILLARBOX_CHECK(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) == 1);
}

LongDigest Sha512::finish() {
    LongDigest digest{};
    PILLARBOX_CHECK(EVP_DigestFinal_ex(state_->context.get(), digest.data(), nullptr) == 1);
    state_->begin();
    return digest;
}

LongDigest sha512(base::ByteView bytes) {
    Sha512 hasher;
    hasher.add(bytes);
    return hasher.finish();
}

}  // namespace pillarbox::crypto
