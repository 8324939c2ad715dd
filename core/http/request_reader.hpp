// SPDX-License-Identifier: GPL-3.0-or-later
//
// One HTTP/1.1 request out of bytes as they come, with the server's limits and refusals, free of sockets: all that
// the server makes of outside bytes is decided here. Beast reads the header; its limit holds over all of it, however
// it is cut into pieces. A body has a length, told once and in one way, and is copied as it comes, so that memory is
// taken for what was sent and not for what was promised; chunks are refused (docs/decisions/0008).
//
// Threading: one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/http/message.hpp"

namespace pillarbox::http {

// Bytes of body that a request to `path` may have, 0 for none: a longer one is answered with 413, unread. Or the
// answer to give instead, whatever the body is.
using BodyLimit = std::function<std::expected<std::size_t, Response>(Method method, std::string_view path)>;

enum class Afterwards { next_request, close };

class RequestReader {
  public:
    enum class State {
        header,   // more bytes are due
        body,     // the header is good, and more bytes are due
        whole,    // take() it
        refused,  // take_refusal()
    };

    // `body_limit` must outlive the reader.
    RequestReader(std::uint32_t header_size_bytes_max, const BodyLimit& body_limit);
    ~RequestReader();
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;

    // Takes bytes from the start of the view and says how many. What is left has to be given again: with more behind
    // it where the state is still `header`, to the next reader where it is `whole`. Of a header at most
    // header_size_bytes_max bytes are ever left.
    [[nodiscard]] std::size_t put(base::ByteView bytes);
    [[nodiscard]] State state() const { return state_; }

    // From the state `body` on.
    [[nodiscard]] std::string path() const;
    [[nodiscard]] std::size_t body_size_bytes() const { return body_.size(); }  // so far
    // Once whole or refused: whether another request may follow on this connection.
    [[nodiscard]] Afterwards afterwards() const { return afterwards_; }

    [[nodiscard]] Request take();           // once whole, once
    [[nodiscard]] Response take_refusal();  // once refused, once

  private:
    struct Parser;
    std::size_t parse_header(base::ByteView bytes);
    std::size_t copy_body(base::ByteView bytes);
    void header_read();
    void refuse(unsigned status);

    std::unique_ptr<Parser> parser_;
    const std::size_t header_size_bytes_max_;
    const BodyLimit& body_limit_;
    std::size_t header_size_bytes_ = 0;  // taken so far
    std::size_t body_size_bytes_expected_ = 0;
    base::Bytes body_;
    State state_ = State::header;
    Afterwards afterwards_ = Afterwards::close;
    Response refusal_;
};

}  // namespace pillarbox::http
