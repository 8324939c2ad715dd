// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sync/hostile/swarm.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/check.hpp"

namespace pillarbox::tests {
namespace {

using Steady = std::chrono::steady_clock;

struct FreeContext {
    void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
};
struct FreeStream {
    void operator()(SSL* stream) const noexcept { SSL_free(stream); }
};

constexpr std::size_t burst_bytes_max = 64 * 1024;  // for one connection before the next has its turn
constexpr int poll_time_ms = 5;

sockaddr_in loopback(const char* address, std::uint16_t port) {
    sockaddr_in made{};
    made.sin_family = AF_INET;
    made.sin_port = htons(port);
    PILLARBOX_CHECK(::inet_pton(AF_INET, address, &made.sin_addr) == 1);
    return made;
}

}  // namespace

class Swarm::Connection {
  public:
    Connection(Swarm& swarm, SSL_CTX* context) : swarm_(swarm), context_(context) { open(); }
    ~Connection() { close(); }
    Connection(Connection&& other) = delete;
    Connection& operator=(Connection&& other) = delete;

    [[nodiscard]] int socket() const { return socket_; }
    // What to wait for before the next step.
    [[nodiscard]] short events() const {
        if (phase_ == Phase::connecting) {
            return POLLOUT;
        }
        if (phase_ == Phase::handshaking) {
            return want_ == SSL_ERROR_WANT_WRITE ? POLLOUT : POLLIN;
        }
        const bool has_to_say = !left_.empty() || pours();
        const bool hears = swarm_.tactics_.ears == Ears::listening;
        return static_cast<short>((hears ? POLLIN : 0) | (pours() ? 0 : POLLRDHUP) | (has_to_say ? POLLOUT : 0));
    }
    void step(Steady::time_point now, short ready) {
        if (phase_ == Phase::connecting && (ready & (POLLOUT | POLLERR | POLLHUP)) != 0) {
            phase_ = swarm_.tactics_.layer == Layer::tls ? Phase::handshaking : Phase::open;
            swarm_.opened_ += phase_ == Phase::open ? 1 : 0;
        }
        if (phase_ == Phase::handshaking) {
            handshake();
        }
        if (phase_ == Phase::open) {
            talk(now);
        }
        if (phase_ == Phase::open && (ended(ready) || ((ready & POLLIN) != 0 && !listen()))) {
            ++swarm_.dropped_;
            phase_ = Phase::over;
        }
        if (phase_ == Phase::over) {
            close();
            open();
        }
    }

  private:
    enum class Phase { connecting, handshaking, open, over };

    // One that pours goes on pouring after the store has said its last word.
    [[nodiscard]] bool pours() const {
        return swarm_.tactics_.interval.count() == 0 && !swarm_.tactics_.repeated.empty();
    }
    [[nodiscard]] bool ended(short ready) const { return (ready & (POLLERR | POLLHUP | POLLRDHUP)) != 0; }

    void open() {
        const Tactics& tactics = swarm_.tactics_;
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        PILLARBOX_CHECK(socket_ >= 0);
        const sockaddr_in from = loopback(tactics.address.c_str(), 0);
        const sockaddr_in to = loopback("127.0.0.1", swarm_.port_);
        (void)::bind(socket_, reinterpret_cast<const sockaddr*>(&from), sizeof from);
        (void)::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to);
        if (tactics.layer == Layer::tls) {
            stream_.reset(SSL_new(context_));
            SSL_set_fd(stream_.get(), socket_);
            SSL_set_connect_state(stream_.get());
        }
        left_ = tactics.opening;
        repeats_ = 0;
        want_ = SSL_ERROR_NONE;
        phase_ = Phase::connecting;
    }

    void close() {
        if (swarm_.tactics_.farewell == Farewell::reset) {
            const linger at_once{1, 0};
            ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        }
        stream_.reset();
        ::close(socket_);
        socket_ = -1;
    }

    void handshake() {
        ERR_clear_error();
        const int done = SSL_do_handshake(stream_.get());
        want_ = done == 1 ? SSL_ERROR_NONE : SSL_get_error(stream_.get(), done);
        if (done == 1) {
            phase_ = Phase::open;
            ++swarm_.opened_;
        } else if (want_ != SSL_ERROR_WANT_READ && want_ != SSL_ERROR_WANT_WRITE) {
            ++swarm_.dropped_;
            phase_ = Phase::over;
        }
    }

    void talk(Steady::time_point now) {
        const Tactics& tactics = swarm_.tactics_;
        for (std::size_t sent = 0; sent < burst_bytes_max;) {
            if (left_.empty()) {
                if (repeats_ == tactics.repeats_max) {
                    phase_ = Phase::over;
                    return;
                }
                if (tactics.repeated.empty() || now < next_) {
                    return;
                }
                ++repeats_;
                next_ = now + tactics.interval;
                left_ = tactics.repeated;
            }
            const long count = write(left_);
            if (count <= 0) {
                return;
            }
            left_.remove_prefix(static_cast<std::size_t>(count));
            sent += static_cast<std::size_t>(count);
            swarm_.sent_bytes_ += static_cast<std::uint64_t>(count);
        }
    }

    // Bytes written, or none where the socket is full; `over` where the connection is gone.
    long write(std::string_view text) {
        long count = 0;
        if (stream_ == nullptr) {
            count = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
            if (count < 0 && errno == EAGAIN) {
                return 0;
            }
        } else {
            ERR_clear_error();
            count = SSL_write(stream_.get(), text.data(), static_cast<int>(text.size()));
            want_ = count > 0 ? SSL_ERROR_NONE : SSL_get_error(stream_.get(), static_cast<int>(count));
            if (want_ == SSL_ERROR_WANT_WRITE || want_ == SSL_ERROR_WANT_READ) {
                return 0;
            }
        }
        if (count <= 0) {
            ++swarm_.dropped_;
            phase_ = Phase::over;
        }
        return count;
    }

    // false once the store has closed.
    bool listen() {
        std::array<char, 4096> heard{};
        if (stream_ == nullptr) {
            const ssize_t count = ::recv(socket_, heard.data(), heard.size(), 0);
            return count > 0 || (count < 0 && errno == EAGAIN);
        }
        ERR_clear_error();
        const int count = SSL_read(stream_.get(), heard.data(), static_cast<int>(heard.size()));
        const int error = count > 0 ? SSL_ERROR_NONE : SSL_get_error(stream_.get(), count);
        return error == SSL_ERROR_NONE || error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
    }

    Swarm& swarm_;
    SSL_CTX* context_;
    std::unique_ptr<SSL, FreeStream> stream_;
    int socket_ = -1;
    Phase phase_ = Phase::connecting;
    int want_ = SSL_ERROR_NONE;
    std::string_view left_;
    std::size_t repeats_ = 0;
    Steady::time_point next_;
};

Swarm::Swarm(std::uint16_t port, Tactics tactics)
    : port_(port), tactics_(std::move(tactics)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

Swarm::~Swarm() {
    thread_.request_stop();
    thread_.join();
}

void Swarm::run(const std::stop_token& stop) {
    std::signal(SIGPIPE, SIG_IGN);
    const std::unique_ptr<SSL_CTX, FreeContext> context(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    std::vector<std::unique_ptr<Connection>> connections;
    for (std::size_t i = 0; i < tactics_.connections; ++i) {
        connections.push_back(std::make_unique<Connection>(*this, context.get()));
    }
    std::vector<pollfd> waiting(connections.size());
    while (!stop.stop_requested()) {
        for (std::size_t i = 0; i < connections.size(); ++i) {
            waiting[i] = {connections[i]->socket(), connections[i]->events(), 0};
        }
        (void)::poll(waiting.data(), waiting.size(), poll_time_ms);
        const auto now = Steady::now();
        for (std::size_t i = 0; i < connections.size(); ++i) {
            connections[i]->step(now, waiting[i].revents);
        }
    }
}

}  // namespace pillarbox::tests
