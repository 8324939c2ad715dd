// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/upload.hpp"

#include <fmt/format.h>

#include "core/cbor/cbor.hpp"

namespace pillarbox::protocol {

base::Bytes make_upload(const std::vector<base::Bytes>& batches) {
    cbor::Writer writer;
    for (const base::Bytes& batch : batches) {
        writer.bytes(batch);
    }
    return writer.take();
}

base::Result<std::vector<base::ByteView>> parse_upload(base::ByteView body, const batch::Limits& limits) {
    std::vector<base::ByteView> batches;
    cbor::Reader reader(body);
    while (!reader.at_end()) {
        if (batches.size() == upload_batches_max) {
            return base::fail(base::ErrorCode::limit_exceeded, "upload",
                              fmt::format("More than {} batches in one upload.", upload_batches_max));
        }
        batches.push_back(TRY(reader.bytes(limits.batch_size_bytes_max)));
    }
    if (batches.empty()) {
        return base::fail(base::ErrorCode::malformed, "upload", "The upload has no batch.");
    }
    return batches;
}

}  // namespace pillarbox::protocol
