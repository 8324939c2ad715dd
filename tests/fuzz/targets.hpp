// SPDX-License-Identifier: GPL-3.0-or-later
//
// One function for each parser of outside bytes: takes any bytes whatever, and aborts where a property does not hold.
// In the fuzz preset each is a libFuzzer program (libfuzzer_entry.cpp); in every build corpus_tests.cpp runs the
// committed corpus through all of them, so that what was found once stays fixed.
#pragma once

#include "core/base/bytes.hpp"

namespace pillarbox::fuzz {

void fuzz_bag(base::ByteView input);           // desk/archive: a bag from anywhere; no path of it leads out
void fuzz_batch(base::ByteView input);         // core/batch: what parses encodes to the same bytes
void fuzz_cbor(base::ByteView input);          // core/cbor: what is read writes to the same bytes
void fuzz_encoding(base::ByteView input);      // core/base: hex, base64, days and UTF-8 have one form
void fuzz_envelope(base::ByteView input);      // core/envelope: nothing opens that was not sealed for this identity
void fuzz_export(base::ByteView input);        // desk/opening: a store's export; no word of it moves the terminal
void fuzz_expression(base::ByteView input);    // core/form: XPath, parsed and evaluated on a small document
void fuzz_fleet(base::ByteView input);         // sync/store/fleet: what a browser asks; nobody in without a session
void fuzz_http(base::ByteView input);          // core/http, sync/store: a connection's bytes, in one piece or in many
void fuzz_identity(base::ByteView input);      // core/envelope: recipients and key files
void fuzz_journal(base::ByteView input);       // desk/opening: what is appended to any journal is found again
void fuzz_key_bindings(base::ByteView input);  // accessibility/input: which key means what; nothing bound twice
void fuzz_key_file(base::ByteView input);      // desk/keys, sync/protocol: secret keys in files
void fuzz_outbox_file(base::ByteView input);   // core/outbox: outbox.db; what was taken is kept
void fuzz_pack(base::ByteView input);          // core/campaign: no signature, no campaign
void fuzz_part(base::ByteView input);          // core/batch: parts of large envelopes; none is longer than it may be
void fuzz_protocol(base::ByteView input);      // sync/protocol: enrolments, refusals, paths
void fuzz_receipt(base::ByteView input);       // core/batch: signed notes
void fuzz_regex(base::ByteView input);         // core/form: pattern, newline, text
void fuzz_report(base::ByteView input);        // sync/protocol: what kiosks say of themselves
void fuzz_scenario(base::ByteView input);      // kiosk/rehearse: a respondent as a text file
void fuzz_sealed_file(base::ByteView input);   // core/sqlite: a sealed database; no other rows than were written
void fuzz_slot(base::ByteView input);          // core/outbox: slots of the pool, and items of slots
void fuzz_staff_access(base::ByteView input);  // core/station: staff.json, and keys from a stick
void fuzz_station(base::ByteView input);       // core/station: station.json says the same when it is written again
void fuzz_store_file(base::ByteView input);    // sync/store: store.db; the store answers, and signs only what holds
void fuzz_submission(base::ByteView input);    // core/submission: what decodes encodes to the same bytes
void fuzz_token(base::ByteView input);         // core/station: what parses formats to the same text
void fuzz_upload(base::ByteView input);        // sync/store: uploads; kept whole or not at all, and once
void fuzz_web_form(base::ByteView input);      // core/http: what a browser sends of forms and cookies
void fuzz_workbook(base::ByteView input);      // core/form: .xlsx bytes

}  // namespace pillarbox::fuzz
