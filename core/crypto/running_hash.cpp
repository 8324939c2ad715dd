// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/running_hash.hpp"

#include <openssl/evp.h>

#include "core/base/check.hpp"

namespace pillarbox::crypto {

void RunningHash::Free::operator()(evp_md_ctx_st* state) const noexcept {
    EVP_MD_CTX_free(state);
}

RunningHash::RunningHash() : state_(EVP_MD_CTX_new()) {
    PILLARBOX_CHECK(state_ != nullptr);
    PILLARBOX_CHECK(EVP_DigestInit_ex(state_.get(), EVP_sha256(), nullptr) == 1);
}

void RunningHash::add(base::ByteView bytes) {
    PILLARBOX_CHECK(EVP_DigestUpdate(state_.get(), bytes.data(), bytes.size()) == 1);
}

Digest RunningHash::finish() {
    Digest digest{};
    PILLARBOX_CHECK(EVP_DigestFinal_ex(state_.get(), digest.data(), nullptr) == 1);
    return digest;
}

}  // namespace pillarbox::crypto
