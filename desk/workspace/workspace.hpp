// SPDX-License-Identifier: GPL-3.0-or-later
//
// The officer's workspace: a folder that holds one campaign's opened responses and all that is done with them, sealed
// at rest (docs/decisions/0014-workspace-sealed-by-block.md).
//
//   key.age        32 random bytes, sealed to the campaign's recipients: any committee identity opens the workspace
//   workspace.db   the database, and beside it its log: every byte sealed with that key
//
// Plaintext exists in this process's memory only. Threading: one thread at a time; several processes may have the
// same workspace open (a writer waits for another one, then gets `conflict`).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/campaign/campaign.hpp"
#include "core/crypto/signing.hpp"
#include "core/envelope/envelope.hpp"
#include "core/sqlite/connection.hpp"

namespace pillarbox::workspace {

using ResponseId = std::int64_t;  // a number in this workspace; nothing outside knows it

class Workspace {
  public:
    // Makes the folder (0700), whole or not at all. `signed_pack` is verified with `committee_key`, and kept: what a
    // workspace shows of a campaign is what the committee signed. already_exists where there is anything of this
    // name.
    [[nodiscard]] static base::Result<void> create(const std::filesystem::path& folder, base::ByteView signed_pack,
                                                   const crypto::VerifyKey& committee_key, base::Random& random);

    // not_found where there is none, not_authentic where none of the identities opens its key, damaged where a page
    // that is needed was changed.
    [[nodiscard]] static base::Result<Workspace> open(const std::filesystem::path& folder,
                                                      const std::vector<envelope::Identity>& identities);

    [[nodiscard]] const campaign::Campaign& campaign() const { return campaign_; }
    [[nodiscard]] const form::Form& form() const { return *campaign_.form; }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    [[nodiscard]] sqlite::Connection& database() { return *database_; }

  private:
    Workspace(std::filesystem::path folder, std::unique_ptr<sqlite::Connection> database, campaign::Campaign campaign)
        : folder_(std::move(folder)), database_(std::move(database)), campaign_(std::move(campaign)) {}
    std::filesystem::path folder_;
    std::unique_ptr<sqlite::Connection> database_;  // stays in place when the workspace moves
    campaign::Campaign campaign_;
};

// For tests, and for whoever inspects what is left: the key that seals the database.
[[nodiscard]] base::Result<crypto::SecretBytes> read_workspace_key(const std::filesystem::path& folder,
                                                                   const std::vector<envelope::Identity>& identities);
[[nodiscard]] std::filesystem::path database_path(const std::filesystem::path& folder);

}  // namespace pillarbox::workspace
