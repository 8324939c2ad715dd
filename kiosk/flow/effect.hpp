// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a step of the flow asks of kiosk/app, in order. The flow itself touches nothing.
#pragma once

#include <variant>

#include "core/submission/submission.hpp"

namespace pillarbox::flow {

// Seal these answers and add them to the outbox; then report Saved or SaveFailed. All is set but `submission.uuid`:
// the app draws it, keeps it over a retry, and draws the withdrawal code. Plaintext: the texts are overwritten when
// this goes.
struct SealAndKeep {
    submission::Submission submission;

    explicit SealAndKeep(submission::Submission what) : submission(std::move(what)) {}
    ~SealAndKeep();
    SealAndKeep(const SealAndKeep&) = delete;
    SealAndKeep& operator=(const SealAndKeep&) = delete;
    SealAndKeep(SealAndKeep&&) = default;
    SealAndKeep& operator=(SealAndKeep&&) = default;
};

// The person has gone. The session returned with this is already a fresh one; the app drops what else knows them:
// text editors, the ImGui context, queued speech, volume.
enum class WipeReason { finished, declined, stopped, idle };
struct WipeSession {
    WipeReason reason;
};

// A response was begun and not sent. A number for staff, nothing more.
struct CountDiscarded {};

using Effect = std::variant<SealAndKeep, WipeSession, CountDiscarded>;

}  // namespace pillarbox::flow
