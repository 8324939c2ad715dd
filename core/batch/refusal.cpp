// SPDX-License-Identifier: GPL-3.0-or-later
//
// The note's text, line by line, in this order and no other; the last line is one of the two:
//
//   pillarbox refusal v1
//   log <log id in hex>
//   revoked after <number>
//   closed <campaign id> <day>
#include "core/batch/refusal.hpp"

#include "core/base/check.hpp"
#include "core/batch/note_fields.hpp"

namespace pillarbox::batch {
namespace {

constexpr std::string_view refusal_first_line = "pillarbox refusal v1";

std::string reason_line(const Revoked& revoked) {
    return "revoked after " + std::to_string(revoked.after);
}
std::string reason_line(const Closed& closed) {
    return "closed " + closed.campaign_id + " " + base::format_day(closed.last_day);
}

std::string format_text(const Refusal& refusal) {
    return std::string(refusal_first_line) + "\nlog " + base::to_hex(refusal.log_id) + "\n" +
           std::visit([](const auto& reason) { return reason_line(reason); }, refusal.reason) + "\n";
}

bool holds_together(const Refusal& refusal) {
    if (const auto* closed = std::get_if<Closed>(&refusal.reason)) {
        return is_campaign_id(closed->campaign_id);
    }
    return std::get<Revoked>(refusal.reason).after <= number_max;
}

base::Result<Refusal> parse_refusal_text(std::string_view text) {
    NoteFields fields(text, "refusal");
    Refusal refusal;
    TRY(fields.word(refusal_first_line, '\n'));
    TRY(fields.word("log", ' '));
    refusal.log_id = TRY(fields.hex<std::tuple_size_v<LogId>>('\n'));
    const std::string_view reason = fields.up_to(' ');
    if (reason == "revoked") {
        TRY(fields.word("after", ' '));
        const std::uint64_t after = TRY(fields.number('\n'));
        refusal.reason = Revoked{after};
    } else if (reason == "closed") {
        Closed closed;
        closed.campaign_id = fields.up_to(' ');
        closed.last_day = TRY(base::parse_day(fields.up_to('\n')));
        refusal.reason = std::move(closed);
    } else {
        return fields.fail("It gives no reason that is known here.");
    }
    if (!holds_together(refusal) || format_text(refusal) != text) {
        return fields.fail("It is not in its one canonical form.");
    }
    return refusal;
}

}  // namespace

std::string sign_refusal(const Refusal& refusal, std::string_view store_name, const crypto::SigningKey& store_key) {
    PILLARBOX_CHECK(holds_together(refusal));
    return sign_note(format_text(refusal), store_name, store_key);
}

base::Result<Refusal> verify_refusal(std::string_view note, std::string_view store_name,
                                     const crypto::VerifyKey& store_key) {
    const std::string_view text = TRY(verify_note(note, store_name, store_key));
    auto refusal = parse_refusal_text(text);
    if (!refusal.has_value()) {
        refusal.error().code = base::ErrorCode::malformed;  // whatever a field said
    }
    return refusal;
}

}  // namespace pillarbox::batch
