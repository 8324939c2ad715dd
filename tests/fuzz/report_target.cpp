// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/check.hpp"
#include "sync/protocol/kiosk_report.hpp"
#include "targets.hpp"

// A kiosk's word on itself, with the log and the key of the corpus: what parses is made of the same bytes again, and
// no text of it moves a terminal's cursor. The same for what the store keeps.
void pillarbox::fuzz::fuzz_report(base::ByteView input) {
    constexpr batch::LogId log_id = {0x4f, 0x1c};
    static const auto key = crypto::SigningKey::from_seed(base::Bytes(32, 0x42)).value();
    const auto is_tidy = [](const std::string& text) {
        return std::ranges::none_of(text, [](unsigned char letter) { return letter < ' ' || letter == 0x7F; });
    };
    const auto read = protocol::parse_report(input, log_id, key.verify_key());
    if (read) {
        PILLARBOX_CHECK(std::ranges::equal(protocol::make_report(read->report, log_id, read->clock, key), input));
        PILLARBOX_CHECK(is_tidy(read->report.station) && is_tidy(read->report.campaign_id));
    }
    const auto kept = protocol::decode_figures(input);
    if (kept) {
        PILLARBOX_CHECK(
            std::ranges::equal(protocol::encode_figures(kept->report, kept->clock_offset_minutes), input));
        PILLARBOX_CHECK(is_tidy(kept->report.station) && is_tidy(kept->report.program_version));
    }
}
