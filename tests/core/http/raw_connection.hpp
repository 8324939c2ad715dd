// SPDX-License-Identifier: GPL-3.0-or-later
//
// A TLS client that sends what it is told, when it is told, for what no honest client does.
#pragma once

#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <csignal>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace pillarbox::tests {

class RawConnection {
  public:
    explicit RawConnection(std::uint16_t port, int version_max = TLS1_3_VERSION)
        : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free), stream_(nullptr, BIO_free_all) {
        std::signal(SIGPIPE, SIG_IGN);  // a write to a closed connection fails instead
        SSL_CTX_set_max_proto_version(context_.get(), version_max);
        stream_.reset(BIO_new_ssl_connect(context_.get()));
        BIO_set_conn_hostname(stream_.get(), ("127.0.0.1:" + std::to_string(port)).c_str());
        connected_ = BIO_do_connect(stream_.get()) == 1 && BIO_do_handshake(stream_.get()) == 1;
    }
    [[nodiscard]] bool connected() const { return connected_; }
    bool send(std::string_view text) {
        return BIO_write(stream_.get(), text.data(), static_cast<int>(text.size())) == static_cast<int>(text.size());
    }
    // Asks for new keys on both sides, which is what TLS 1.3 has left of renegotiation. False once the other side is
    // gone.
    bool renew_keys() {
        SSL* session = nullptr;
        BIO_get_ssl(stream_.get(), &session);
        return SSL_key_update(session, SSL_KEY_UPDATE_REQUESTED) == 1 && SSL_do_handshake(session) == 1;
    }
    void shut_down_sending() { ::shutdown(static_cast<int>(BIO_get_fd(stream_.get(), nullptr)), SHUT_WR); }
    // What comes until the other side closes.
    [[nodiscard]] std::string read_to_end() {
        std::string text;
        char part[4096];
        int count = 0;
        while ((count = BIO_read(stream_.get(), part, sizeof part)) > 0) {
            text.append(part, static_cast<std::size_t>(count));
        }
        return text;
    }

  private:
    std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
    std::unique_ptr<BIO, void (*)(BIO*)> stream_;
    bool connected_ = false;
};

}  // namespace pillarbox::tests
