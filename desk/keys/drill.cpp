// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/keys/drill.hpp"

#include <algorithm>
#include <utility>

#include "core/submission/submission.hpp"

namespace pillarbox::keys {
namespace {

submission::Submission test_submission(const campaign::Campaign& campaign, base::Day today, base::Random& random) {
    submission::Submission test;
    test.campaign_id = campaign.id;
    test.form_version = campaign.form->version;
    test.uuid = submission::random_uuid(random);
    test.day = today;
    test.kind = submission::Kind::test;  // should it ever reach a store, it is counted nowhere
    test.language = campaign.form->default_language;
    return test;
}

base::Result<envelope::Identity> copy_of(const envelope::Identity& identity) {
    return envelope::Identity::parse(base::text_of(identity.format().view()));
}

// With this one key alone: an envelope to several recipients would open with another's too.
base::Result<DrillOutcome> try_key(base::ByteView sealed, base::ByteView plaintext,
                                   const envelope::Identity& identity) {
    std::vector<envelope::Identity> one;
    one.push_back(TRY(copy_of(identity)));
    const auto opened = envelope::open(sealed, one, submission::size_bytes_max);
    const bool is_same = opened.has_value() && std::ranges::equal(opened->view(), plaintext) &&
                         submission::decode(opened->view()).has_value();
    return is_same ? DrillOutcome::opened : DrillOutcome::failed;
}

}  // namespace

base::Result<std::vector<DrillResult>> drill(const campaign::Campaign& campaign,
                                             const std::vector<envelope::Identity>& identities, base::Day today,
                                             base::Random& random) {
    const crypto::SecretBytes plaintext = TRY(submission::encode(test_submission(campaign, today, random)));
    const base::Bytes sealed = TRY(envelope::seal(plaintext.view(), campaign.recipients, random));
    std::vector<DrillResult> results;
    for (const envelope::Recipient& recipient : campaign.recipients) {
        DrillResult result{.recipient = recipient};
        for (const envelope::Identity& identity : identities) {
            if (identity.recipient() == recipient) {
                result.outcome = TRY(try_key(sealed, plaintext.view(), identity));
            }
        }
        results.push_back(result);
    }
    return results;
}

}  // namespace pillarbox::keys
