// SPDX-License-Identifier: GPL-3.0-or-later
//
// The note's text, line by line, in this order and no other:
//
//   pillarbox receipt v1
//   log <log id in hex>
//   stored <number> <hash in hex>
//   safe <number>
//   epoch <number>
//   limits <batch bytes> <envelope bytes>
#include "core/batch/receipt.hpp"

#include "core/base/check.hpp"
#include "core/batch/note_fields.hpp"

namespace pillarbox::batch {
namespace {

constexpr std::string_view first_line = "pillarbox receipt v1";

std::string format_text(const Receipt& receipt) {
    std::string text(first_line);
    text += "\nlog " + base::to_hex(receipt.log_id);
    text += "\nstored " + std::to_string(receipt.stored) + " " + base::to_hex(receipt.stored_hash);
    text += "\nsafe " + std::to_string(receipt.safe);
    text += "\nepoch " + std::to_string(receipt.epoch);
    text += "\nlimits " + std::to_string(receipt.limits.batch_size_bytes_max) + " " +
            std::to_string(receipt.limits.envelope_size_bytes_max) + "\n";
    return text;
}

bool holds_together(const Receipt& receipt) {
    const bool numbers_fit = receipt.safe <= receipt.stored && receipt.stored <= number_max && receipt.epoch >= 1 &&
                             receipt.epoch <= number_max;
    return numbers_fit && (receipt.stored != 0 || receipt.stored_hash == genesis_hash(receipt.log_id));
}

base::Result<Receipt> parse_text(std::string_view text) {
    NoteFields fields(text, "receipt");
    Receipt receipt;
    TRY(fields.word(first_line, '\n'));
    TRY(fields.word("log", ' '));
    receipt.log_id = TRY(fields.hex<std::tuple_size_v<LogId>>('\n'));
    TRY(fields.word("stored", ' '));
    receipt.stored = TRY(fields.number(' '));
    receipt.stored_hash = TRY(fields.hex<std::tuple_size_v<crypto::Digest>>('\n'));
    TRY(fields.word("safe", ' '));
    receipt.safe = TRY(fields.number('\n'));
    TRY(fields.word("epoch", ' '));
    receipt.epoch = TRY(fields.number('\n'));
    TRY(fields.word("limits", ' '));
    receipt.limits.batch_size_bytes_max = TRY(fields.number(' '));
    receipt.limits.envelope_size_bytes_max = TRY(fields.number('\n'));
    if (format_text(receipt) != text) {
        return fields.fail("It is not in its one canonical form.");
    }
    if (!holds_together(receipt)) {
        return fields.fail("Its numbers contradict each other.");
    }
    return receipt;
}

}  // namespace

std::string sign_receipt(const Receipt& receipt, std::string_view store_name, const crypto::SigningKey& store_key) {
    PILLARBOX_CHECK(holds_together(receipt));
    return sign_note(format_text(receipt), store_name, store_key);
}

base::Result<Receipt> verify_receipt(std::string_view note, std::string_view store_name,
                                     const crypto::VerifyKey& store_key) {
    // The signature is checked before anything in the text is believed.
    const std::string_view text = TRY(verify_note(note, store_name, store_key));
    return parse_text(text);
}

}  // namespace pillarbox::batch
