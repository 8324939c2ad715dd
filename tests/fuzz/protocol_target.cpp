// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/check.hpp"
#include "core/cbor/cbor.hpp"
#include "sync/protocol/enrolment.hpp"
#include "sync/protocol/problem.hpp"
#include "sync/protocol/routes.hpp"
#include "targets.hpp"

// What kiosk and store say to each other besides batches and receipts: enrolments, refusals, paths. Each has one
// form.
void pillarbox::fuzz::fuzz_protocol(base::ByteView input) {
    const auto problem = protocol::parse_problem(input);
    if (problem) {
        PILLARBOX_CHECK(std::ranges::equal(protocol::make_problem(*problem), input));
        PILLARBOX_CHECK(std::ranges::none_of(problem->sentence, [](unsigned char letter) { return letter < ' '; }));
    }

    const auto enrolment = protocol::parse_enrolment(input);
    if (enrolment) {
        cbor::Writer writer;
        const bool renews = enrolment->old_signature.has_value();
        writer.array(renews ? 6 : 5).unsigned_integer(renews ? 2 : 1);
        writer.bytes(enrolment->secret).bytes(enrolment->device_key.bytes).bytes(enrolment->forerunner);
        if (renews) {
            writer.bytes(*enrolment->old_signature);
        }
        writer.bytes(input.last(64));
        PILLARBOX_CHECK(std::ranges::equal(writer.result(), input));
    }

    const std::string_view path = base::text_of(input);
    const protocol::Route route = protocol::route_of(path);
    switch (route.resource) {
        case protocol::Resource::health:
            PILLARBOX_CHECK(path == protocol::health_path);
            break;
        case protocol::Resource::enrol:
            PILLARBOX_CHECK(path == protocol::enrol_path);
            break;
        case protocol::Resource::head:
            PILLARBOX_CHECK(path == protocol::head_path(route.log_id));
            break;
        case protocol::Resource::batches:
            PILLARBOX_CHECK(path == protocol::batches_path(route.log_id));
            break;
        case protocol::Resource::parts:
            PILLARBOX_CHECK(path == protocol::parts_path(route.log_id));
            break;
        case protocol::Resource::held_parts:
            PILLARBOX_CHECK(path == protocol::held_parts_path(route.log_id, route.envelope));
            break;
        case protocol::Resource::gaps:
            PILLARBOX_CHECK(path == protocol::gaps_path(route.log_id));
            break;
        case protocol::Resource::report:
            PILLARBOX_CHECK(path == protocol::report_path(route.log_id));
            break;
        case protocol::Resource::successor:
            PILLARBOX_CHECK(path == protocol::successor_path(route.key));
            break;
        case protocol::Resource::unknown:
            break;
    }
}
