// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/check.hpp"
#include "core/base/file.hpp"
#include "desk/keys/key_file.hpp"
#include "sync/protocol/seed_file.hpp"
#include "targets.hpp"
#include "tests/fuzz/files.hpp"
#include "tests/support/temporary_folder.hpp"

// The committee's two key files, and the seed file of a kiosk or store.
void pillarbox::fuzz::fuzz_key_file(base::ByteView input) {
    static const tests::TemporaryFolder folder;
    const std::filesystem::path path = folder / "key";
    put_file(path, input);
    const auto seed = protocol::read_seed_file(path);
    if (seed) {
        PILLARBOX_CHECK(protocol::write_seed_file(path, *seed).has_value());
        PILLARBOX_CHECK(std::ranges::equal(base::read_file(path, input.size()).value(), input));
    }
    const auto sealing = keys::read_sealing_key(path);
    const auto signing = keys::read_signing_key(path);
    const auto shown = keys::public_keys_in(path);
    if (shown) {
        PILLARBOX_CHECK(shown->size() == (signing ? 1 : sealing.value().size()));
    }
    static_cast<void>(keys::parse_verify_key(base::text_of(input), "input"));
}
