// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys and randomness for envelope tests.
#pragma once

#include <cstdint>
#include <vector>

#include "core/crypto/hash.hpp"
#include "core/envelope/envelope.hpp"

namespace pillarbox::tests {

// The same bytes on every run: SHA-256 of the seed and a counter.
class CountingRandom : public base::Random {
  public:
    explicit CountingRandom(std::uint8_t seed) : seed_(seed) {}
    void fill(std::span<std::uint8_t> bytes) override {
        for (std::uint8_t& byte : bytes) {
            if (used_ == block_.size()) {
                block_ = crypto::sha256(base::Bytes{seed_, static_cast<std::uint8_t>(count_ >> 8U),
                                                    static_cast<std::uint8_t>(count_ & 255U)});
                ++count_;
                used_ = 0;
            }
            byte = block_[used_++];
        }
    }

  private:
    std::uint8_t seed_;
    unsigned count_ = 0;
    crypto::Digest block_{};
    std::size_t used_ = 32;
};

inline std::vector<envelope::Identity> identities_of(base::Random& random, std::size_t count) {
    std::vector<envelope::Identity> identities;
    for (std::size_t i = 0; i < count; ++i) {
        identities.push_back(envelope::Identity::generate(random));
    }
    return identities;
}

inline std::vector<envelope::Recipient> recipients_of(const std::vector<envelope::Identity>& identities) {
    std::vector<envelope::Recipient> recipients;
    for (const auto& identity : identities) {
        recipients.push_back(identity.recipient());
    }
    return recipients;
}

}  // namespace pillarbox::tests
