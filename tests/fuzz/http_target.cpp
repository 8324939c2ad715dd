// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>
#include <utility>
#include <vector>

#include "core/base/check.hpp"
#include "core/http/request_reader.hpp"
#include "targets.hpp"
#include "tests/fuzz/store.hpp"

// What comes over one connection, TLS taken off: http::RequestReader with the server's body limits, as http::Server
// drives it, and each whole request to the store's service. However TCP cuts the bytes, the requests are the same.
namespace pillarbox::fuzz {
namespace {

// Smaller than the program's, so that short inputs reach it.
constexpr std::uint32_t header_size_bytes_max = 512;

std::vector<http::Request> requests_in(base::ByteView input, std::size_t piece_size,
                                       const http::BodyLimit& body_limit) {
    std::vector<http::Request> requests;
    base::Bytes held;
    while (true) {
        http::RequestReader reader(header_size_bytes_max, body_limit);
        using State = http::RequestReader::State;
        while (true) {
            const auto taken = static_cast<std::ptrdiff_t>(reader.put(held));
            held.erase(held.begin(), held.begin() + taken);
            if (reader.state() == State::whole || reader.state() == State::refused) {
                break;
            }
            if (input.empty()) {
                return requests;
            }
            PILLARBOX_CHECK(held.size() <= header_size_bytes_max);  // what a client can make the server hold
            const base::ByteView piece = input.first(std::min(piece_size, input.size()));
            held.insert(held.end(), piece.begin(), piece.end());
            input = input.subspan(piece.size());
        }
        const http::Afterwards afterwards = reader.afterwards();
        if (reader.state() == State::whole) {
            requests.push_back(reader.take());
            PILLARBOX_CHECK(requests.back().path.size() <= header_size_bytes_max);
            const auto limit = body_limit(requests.back().method, requests.back().path);
            PILLARBOX_CHECK(limit.has_value() && requests.back().body.size() <= *limit);
        } else {
            PILLARBOX_CHECK(reader.take_refusal().status >= 400);
        }
        if (afterwards == http::Afterwards::close) {
            return requests;
        }
    }
}

bool are_equal(const http::Request& left, const http::Request& right) {
    return left.method == right.method && left.path == right.path && left.content_type == right.content_type &&
           left.body == right.body;
}

}  // namespace

void fuzz_http(base::ByteView input) {
    static Store store;
    store.reset();
    const http::BodyLimit limit = [](http::Method method, std::string_view path) {
        return store.body_limit(method, path);
    };
    const std::vector<http::Request> requests = requests_in(input, input.size(), limit);
    PILLARBOX_CHECK(std::ranges::equal(requests, requests_in(input, 1, limit), are_equal));
    for (const http::Request& request : requests) {
        store.handle(request);
    }
    store.check_kept();
}

}  // namespace pillarbox::fuzz
