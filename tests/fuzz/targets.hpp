// SPDX-License-Identifier: GPL-3.0-or-later
//
// One function for each parser of outside bytes: takes any bytes whatever, and aborts where a property does not hold.
// In the fuzz preset each is a libFuzzer program (libfuzzer_entry.cpp); in every build corpus_tests.cpp runs the
// committed corpus through all of them, so that what was found once stays fixed.
#pragma once

#include "core/base/bytes.hpp"

namespace pillarbox::fuzz {

void fuzz_batch(base::ByteView input);       // core/batch: what parses encodes to the same bytes
void fuzz_envelope(base::ByteView input);    // core/envelope: nothing opens that was not sealed for this identity
void fuzz_expression(base::ByteView input);  // core/form: XPath, parsed
void fuzz_identity(base::ByteView input);    // core/envelope: recipients and key files
void fuzz_pack(base::ByteView input);        // core/campaign: no signature, no campaign
void fuzz_receipt(base::ByteView input);     // core/batch: signed notes
void fuzz_regex(base::ByteView input);       // core/form: pattern, newline, text
void fuzz_submission(base::ByteView input);  // core/submission: what decodes encodes to the same bytes
void fuzz_token(base::ByteView input);       // core/station: what parses formats to the same text
void fuzz_workbook(base::ByteView input);    // core/form: .xlsx bytes

}  // namespace pillarbox::fuzz
