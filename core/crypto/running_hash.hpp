// SPDX-License-Identifier: GPL-3.0-or-later
//
// SHA-256 of bytes that are never in memory together. Threading: one thread at a time.
#pragma once

#include <memory>

#include "core/base/bytes.hpp"
#include "core/crypto/hash.hpp"

struct evp_md_ctx_st;

namespace pillarbox::crypto {

class RunningHash {
  public:
    RunningHash();
    void add(base::ByteView bytes);
    [[nodiscard]] Digest finish();  // once, and nothing is added after it

  private:
    struct Free {
        void operator()(evp_md_ctx_st* state) const noexcept;
    };
    std::unique_ptr<evp_md_ctx_st, Free> state_;
};

}  // namespace pillarbox::crypto
