// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/check.hpp"
#include "core/campaign/campaign.hpp"
#include "core/campaign/pack_format.hpp"
#include "core/crypto/system_random.hpp"
#include "targets.hpp"

void pillarbox::fuzz::fuzz_pack(base::ByteView input) {
    const auto parts = campaign::split_pack(input, "fuzz.pack");
    if (parts) {
        PILLARBOX_CHECK(std::ranges::equal(campaign::join_pack(*parts), input));
        const auto body = campaign::decode_body(parts->body);
        if (body) {
            PILLARBOX_CHECK(std::ranges::equal(campaign::encode_body(*body), parts->body));
        }
    }
    // A fresh key for each process: no input can be signed by it.
    static const crypto::VerifyKey committee_key = [] {
        crypto::SystemRandom random;
        return crypto::SigningKey::generate(random).verify_key();
    }();
    const campaign::Acceptance acceptance{
        .committee_key = committee_key, .today = {}, .version_min = 0, .campaign_id = {}};
    PILLARBOX_CHECK(!campaign::verify_pack(input, "fuzz.pack", acceptance));
}
