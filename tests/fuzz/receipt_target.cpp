// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.hpp"
#include "core/batch/receipt.hpp"
#include "core/batch/succession.hpp"
#include "core/crypto/system_random.hpp"
#include "targets.hpp"

void pillarbox::fuzz::fuzz_receipt(base::ByteView input) {
    // A fresh key for each process: no input can be signed by it.
    static const crypto::SigningKey store_key = [] {
        crypto::SystemRandom random;
        return crypto::SigningKey::generate(random);
    }();
    constexpr std::string_view store_name = "store.example.org";
    const std::string_view text = base::text_of(input);
    PILLARBOX_CHECK(!batch::verify_receipt(text, store_name, store_key.verify_key()));
    // Successions: cut apart and put together they are what they were, and no key here has signed any.
    std::string joined;
    for (const std::string_view note : batch::split_successions(text)) {
        joined += note;
        static_cast<void>(batch::old_key_in(note));
    }
    PILLARBOX_CHECK(text.starts_with(joined));
    const auto followed = batch::follow_successions(text, store_name, store_key.verify_key());
    PILLARBOX_CHECK(!followed || followed->empty());
    // Behind the signature: the fields. What sign_note itself demands of a text is kept.
    if (!text.ends_with('\n') || text.size() > 2'000) {
        return;
    }
    for (const char letter : text) {
        if (letter != '\n' && (letter < ' ' || letter > '~')) {
            return;
        }
    }
    const auto signed_by_one = batch::sign_note(text, store_name, store_key);
    PILLARBOX_CHECK(!batch::verify_succession(signed_by_one, store_name, store_key.verify_key()));
    const auto receipt = batch::verify_receipt(signed_by_one, store_name, store_key.verify_key());
    if (receipt) {
        PILLARBOX_CHECK(receipt->safe <= receipt->stored);
        PILLARBOX_CHECK(batch::sign_receipt(*receipt, store_name, store_key).starts_with(text));
    }
}
