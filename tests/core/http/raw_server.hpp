// SPDX-License-Identifier: GPL-3.0-or-later
//
// A TLS server that says what it is told, for what no honest store does: a first text once the client has said
// something, then another again and again until the client has gone.
#pragma once

#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "core/base/check.hpp"
#include "core/http/certificate.hpp"

namespace pillarbox::tests {

struct Speech {
    std::string first;
    std::string repeated;                   // empty: silence, and the connection stays open
    std::chrono::milliseconds interval{0};  // between repetitions
};

class RawServer {
  public:
    RawServer(const http::OwnCertificate& certificate, Speech speech)
        : speech_(std::move(speech)),
          context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free),
          listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        std::signal(SIGPIPE, SIG_IGN);
        use(certificate);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        PILLARBOX_CHECK(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) == 0);
        PILLARBOX_CHECK(::listen(listener_, 4) == 0);
        PILLARBOX_CHECK(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    ~RawServer() {
        stopped_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }

  private:
    void use(const http::OwnCertificate& certificate) {
        const auto memory = [](const std::string& text) {
            return std::unique_ptr<BIO, void (*)(BIO*)>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())),
                                                        BIO_free_all);
        };
        const std::unique_ptr<X509, void (*)(X509*)> own(
            PEM_read_bio_X509(memory(certificate.certificate_pem).get(), nullptr, nullptr, nullptr), X509_free);
        const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(
            PEM_read_bio_PrivateKey(memory(certificate.key_pem).get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
        PILLARBOX_CHECK(SSL_CTX_use_certificate(context_.get(), own.get()) == 1);
        PILLARBOX_CHECK(SSL_CTX_use_PrivateKey(context_.get(), key.get()) == 1);
    }

    void run() {
        int client = -1;
        while ((client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0) {
            const std::unique_ptr<SSL, void (*)(SSL*)> stream(SSL_new(context_.get()), SSL_free);
            SSL_set_fd(stream.get(), client);
            std::array<char, 16'384> heard{};
            if (SSL_accept(stream.get()) == 1 &&
                SSL_read(stream.get(), heard.data(), static_cast<int>(heard.size())) > 0) {
                speak(*stream, client);
            }
            ::close(client);
        }
    }

    void speak(SSL& stream, int client) {
        const auto say = [&stream](const std::string& text) {
            return SSL_write(&stream, text.data(), static_cast<int>(text.size())) > 0;
        };
        if (!say(speech_.first)) {
            return;
        }
        while (!stopped_ && (speech_.repeated.empty() ? is_there(client) : say(speech_.repeated))) {
            std::this_thread::sleep_for(speech_.repeated.empty() ? std::chrono::milliseconds(10) : speech_.interval);
        }
    }

    static bool is_there(int client) {
        char letter = 0;
        return ::recv(client, &letter, 1, MSG_PEEK | MSG_DONTWAIT) != 0;
    }

    Speech speech_;
    std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
    int listener_;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopped_ = false;
    std::thread thread_;
};

}  // namespace pillarbox::tests
