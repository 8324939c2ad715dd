// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/request_reader.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <utility>

namespace pillarbox::http {
namespace {

namespace wire = boost::beast::http;

Method method_of(wire::verb verb) {
    if (verb == wire::verb::get) {
        return Method::get;
    }
    return verb == wire::verb::post ? Method::post : Method::other;
}

std::string text_of(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

// The status that refuses a header which Beast lets pass; 0 for none. Two servers must not be able to read two
// requests out of one, so a length is told once and in one way, and chunks are not taken at all.
unsigned refusal_of(const wire::request_header<>& header, bool has_length) {
    if (header.find(wire::field::transfer_encoding) != header.end()) {
        return 411;
    }
    const auto lengths = header.count(wire::field::content_length);
    const auto hosts = header.count(wire::field::host);
    if (lengths > 1 || hosts > 1 || (hosts == 0 && header.version() >= 11)) {
        return 400;
    }
    return header.method() == wire::verb::post && !has_length ? 411 : 0;
}

}  // namespace

struct RequestReader::Parser : wire::request_parser<wire::empty_body> {};  // of which only the header is used

RequestReader::RequestReader(std::uint32_t header_size_bytes_max, const BodyLimit& body_limit)
    : parser_(std::make_unique<Parser>()), header_size_bytes_max_(header_size_bytes_max), body_limit_(body_limit) {
    parser_->header_limit(header_size_bytes_max);
    parser_->body_limit(boost::none);  // the limit depends on the path, and is held in header_read()
    parser_->eager(false);             // stop behind the header
}

RequestReader::~RequestReader() = default;

std::size_t RequestReader::put(base::ByteView bytes) {
    const std::size_t of_header = state_ == State::header ? parse_header(bytes) : 0;
    return of_header + (state_ == State::body ? copy_body(bytes.subspan(of_header)) : 0);
}

std::size_t RequestReader::parse_header(base::ByteView bytes) {
    boost::system::error_code error;
    const std::size_t taken = parser_->put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
    header_size_bytes_ += taken;
    // Beast holds its limit against what a single call parses: a header that comes field by field would pass it. So
    // the bytes are counted here, and those that it has left to be given again are of the header too.
    const std::size_t left = error == wire::error::need_more ? bytes.size() - taken : 0;
    if (error == wire::error::header_limit || header_size_bytes_ + left > header_size_bytes_max_) {
        refuse(431);
    } else if (error && error != wire::error::need_more) {
        refuse(400);
    } else if (parser_->is_header_done()) {
        header_read();
    }
    return taken;
}

void RequestReader::header_read() {
    const wire::request_header<>& header = parser_->get();
    const std::uint64_t length = parser_->content_length().value_or(0);
    if (const unsigned status = refusal_of(header, parser_->content_length().has_value()); status != 0) {
        return refuse(status);
    }
    auto limit = body_limit_(method_of(header.method()), text_of(header.target()));
    if (!limit.has_value()) {
        refuse(limit.error().status);
        refusal_ = std::move(limit.error());
        afterwards_ = length == 0 && parser_->keep_alive() ? Afterwards::next_request : Afterwards::close;
        return;
    }
    if (length > *limit) {
        return refuse(413);
    }
    body_size_bytes_expected_ = static_cast<std::size_t>(length);
    body_.reserve(body_size_bytes_expected_);  // address space: the pages come with the bytes
    const bool keep = parser_->keep_alive() && method_of(header.method()) != Method::other;
    afterwards_ = keep ? Afterwards::next_request : Afterwards::close;
    state_ = length > 0 ? State::body : State::whole;
}

std::size_t RequestReader::copy_body(base::ByteView bytes) {
    const base::ByteView ours = bytes.first(std::min(bytes.size(), body_size_bytes_expected_ - body_.size()));
    body_.insert(body_.end(), ours.begin(), ours.end());
    if (body_.size() == body_size_bytes_expected_) {
        state_ = State::whole;
    }
    return ours.size();
}

void RequestReader::refuse(unsigned status) {
    refusal_ = Response{status, {}, {}};
    state_ = State::refused;
}

std::string RequestReader::path() const {
    return text_of(parser_->get().target());
}

Request RequestReader::take() {
    const wire::request_header<>& header = parser_->get();
    return {method_of(header.method()),
            path(),
            text_of(header[wire::field::content_type]),
            std::exchange(body_, {}),
            text_of(header[wire::field::cookie]),
            text_of(header[wire::field::authorization]),
            text_of(header[wire::field::host]),
            text_of(header[wire::field::origin])};
}

Response RequestReader::take_refusal() {
    return std::exchange(refusal_, {});
}

}  // namespace pillarbox::http
