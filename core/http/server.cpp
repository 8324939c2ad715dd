// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sockets, TLS and time; what comes over them is for RequestReader to judge. Boost takes most of a minute to compile,
// so this stays small and knows no routes.
//
// One Session a connection, kept alive by the callback that is pending for it: when none is, it is gone. Each runs on
// its own strand, so its members need no lock. Library calls take an error_code; what still throws (no memory) ends
// that session only.
#include "core/http/server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/clock.hpp"
#include "core/http/places.hpp"

namespace pillarbox::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using boost::system::error_code;

class Session;

constexpr std::size_t read_size_bytes = 16 * 1024;  // the most that one TLS record holds
constexpr std::chrono::milliseconds accept_pause{100};
constexpr std::chrono::milliseconds full_pause{5};
constexpr std::chrono::seconds drain_time{2};

// What one party has of the address space: all of an IPv4 address, a /64 of IPv6.
Places::Source source_of(const asio::ip::tcp::socket& socket) {
    error_code error;
    const asio::ip::address address = socket.remote_endpoint(error).address();
    if (address.is_v4()) {
        return address.to_v4().to_uint();
    }
    if (address.to_v6().is_v4_mapped()) {
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_uint();
    }
    Places::Source prefix = 0;
    const auto bytes = address.to_v6().to_bytes();
    for (std::size_t i = 0; i < sizeof prefix; ++i) {
        prefix = prefix << 8U | bytes[i];
    }
    return prefix;
}

}  // namespace

struct Server::State {
    explicit State(ServerSettings its_settings)
        : settings(std::move(its_settings)),
          places({settings.connections_max, std::max<std::size_t>(settings.connections_max / 2, 1),
                  settings.bodies_size_bytes_max, settings.hurry_time}),
          tls(asio::ssl::context::tls_server),
          acceptor(asio::make_strand(io)),
          pause(acceptor.get_executor()),
          work(asio::make_work_guard(io)) {}
    ~State() { stop(); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    base::Result<void> prepare_tls();
    base::Result<void> listen();
    struct OweAccept {
        void operator()(State* state) const noexcept { state->accept_is_owed = true; }
    };
    using WaitToken = std::unique_ptr<State, OweAccept>;
    WaitToken begin_to_wait() noexcept {
        accept_is_owed = false;
        return WaitToken(this);
    }
    void accept();
    void after(std::chrono::milliseconds time, std::function<void()> action);
    void seat(std::shared_ptr<Session> newcomer);
    void run();
    void stop();
    Response answer(const Request& request) const noexcept;

    void request_started() {
        const std::scoped_lock lock(mutex);
        ++requests_under_way;
    }
    void request_ended() {
        const std::scoped_lock lock(mutex);
        --requests_under_way;
        all_ended.notify_all();
    }

    ServerSettings settings;
    Handler handler;
    base::SystemClock clock;
    Places places;
    std::mutex mutex;
    std::condition_variable all_ended;
    std::size_t requests_under_way = 0;        // guarded by mutex
    std::atomic<bool> accept_is_owed = false;  // neither an accept nor a pause before one is pending
    asio::ssl::context tls;
    std::vector<std::thread> threads;
    asio::io_context io;  // after all that sessions use: it is destroyed first, and they with it
    asio::ip::tcp::acceptor acceptor;
    asio::steady_timer pause;
    asio::executor_work_guard<asio::io_context::executor_type> work;  // threads stay while an accept is owed
    std::uint16_t port = 0;
};

namespace {

class Session : public std::enable_shared_from_this<Session> {
  public:
    Session(Server::State& server, asio::ip::tcp::socket&& socket);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    [[nodiscard]] bool enter();  // takes a place; false where there is none now
    void start();

  private:
    void next_request();
    void read();
    void advance();
    void await_body();
    void answer();
    void send(Response response, Afterwards afterwards);
    void sent(error_code error, Afterwards afterwards);
    void drain();
    [[nodiscard]] bool is_plain() const { return server_.settings.transport == Transport::plain_on_loopback; }
    void expires_after(std::chrono::milliseconds time) { beast::get_lowest_layer(stream_).expires_after(time); }
    template <typename Member, typename... Extra>
    auto then(Member member, Extra... extra) {
        return [self = shared_from_this(), member, extra...](error_code error, std::size_t = 0) {
            ((*self).*member)(error, extra...);
        };
    }

    Server::State& server_;
    beast::ssl_stream<beast::tcp_stream> stream_;
    beast::flat_buffer buffer_;
    std::optional<RequestReader> reader_;
    std::size_t body_due_ = 0;  // what has to be here before the time is over
    std::optional<Places::Id> place_;
    Places::Source source_;
    wire::response<wire::vector_body<std::uint8_t>> response_;
    bool request_counted_ = false;
};

Session::Session(Server::State& server, asio::ip::tcp::socket&& socket)
    : server_(server),
      stream_(beast::tcp_stream(std::move(socket)), server.tls),
      buffer_(server.settings.header_size_bytes_max + read_size_bytes),
      source_(source_of(beast::get_lowest_layer(stream_).socket())) {}

Session::~Session() {
    if (request_counted_) {
        server_.request_ended();
    }
    if (place_.has_value()) {
        server_.places.leave(*place_);
    }
}

bool Session::enter() {
    const auto make_way = [weak = weak_from_this()] {
        if (auto self = weak.lock()) {
            const auto strand = self->stream_.get_executor();
            asio::post(strand, [self = std::move(self)] { beast::get_lowest_layer(self->stream_).close(); });
        }
    };
    place_ = server_.places.enter(source_, server_.clock.monotonic(), make_way);
    return place_.has_value();
}

void Session::start() {
    expires_after(server_.settings.header_time);
    if (is_plain()) {
        return next_request();
    }
    stream_.async_handshake(asio::ssl::stream_base::server, [self = shared_from_this()](error_code error) {
        if (!error) {
            self->next_request();
        }
    });
}

void Session::next_request() {
    reader_.emplace(server_.settings.header_size_bytes_max, server_.settings.body_limit);
    body_due_ = 0;
    expires_after(server_.settings.header_time);
    if (buffer_.size() > 0) {
        return advance();  // sent along with the request before
    }
    read();
}

void Session::read() {
    auto received = [self = shared_from_this()](error_code error, std::size_t size) {
        if (error) {
            return;  // gone, cut or too slow: half a request is never handed on
        }
        self->buffer_.commit(size);
        self->advance();
    };
    const auto room = buffer_.prepare(read_size_bytes);
    is_plain() ? beast::get_lowest_layer(stream_).async_read_some(room, std::move(received))
               : stream_.async_read_some(room, std::move(received));
}

void Session::advance() {
    using State = RequestReader::State;
    const asio::const_buffer held = buffer_.cdata();
    const State before = reader_->state();
    buffer_.consume(reader_->put({static_cast<const std::uint8_t*>(held.data()), held.size()}));
    if (reader_->state() == State::header) {
        return read();
    }
    if (!request_counted_) {
        request_counted_ = true;
        server_.request_started();
    }
    if (reader_->state() != State::body) {
        return answer();
    }
    if (before == State::header) {
        server_.places.read_body(*place_, reader_->path());
    }
    await_body();
}

void Session::await_body() {
    const ServerSettings& settings = server_.settings;
    const std::size_t size_bytes = reader_->body_size_bytes();
    server_.places.body_grew(*place_, size_bytes);
    if (size_bytes >= body_due_) {
        const auto seconds = static_cast<std::size_t>(settings.body_time.count()) / 1000;
        body_due_ = size_bytes + seconds * settings.body_rate_min_bytes_per_second;
        expires_after(settings.body_time);
    }
    read();
}

void Session::answer() {
    server_.places.answer(*place_);
    const bool whole = reader_->state() == RequestReader::State::whole;
    send(whole ? server_.answer(reader_->take()) : reader_->take_refusal(), reader_->afterwards());
}

void Session::send(Response response, Afterwards afterwards) {
    response_ = {};
    response_.version(11);
    response_.result(response.status);
    response_.keep_alive(afterwards == Afterwards::next_request);
    response_.set(wire::field::cache_control, "no-store");
    for (const Header& header : response.headers) {
        response_.insert(header.name, header.value);
    }
    if (!response.content_type.empty()) {
        response_.set(wire::field::content_type, response.content_type);
    }
    response_.body() = std::move(response.body);
    response_.prepare_payload();
    const std::chrono::seconds time(response_.body().size() / server_.settings.body_rate_min_bytes_per_second);
    expires_after(server_.settings.header_time + time);
    server_.places.wait_for_client(*place_);  // also to take its answer: a deaf one must not keep its place by that
    is_plain() ? wire::async_write(beast::get_lowest_layer(stream_), response_, then(&Session::sent, afterwards))
               : wire::async_write(stream_, response_, then(&Session::sent, afterwards));
}

void Session::sent(error_code error, Afterwards afterwards) {
    request_counted_ = false;
    server_.request_ended();
    if (error) {
        return;
    }
    if (afterwards == Afterwards::next_request) {
        return next_request();
    }
    // Closing over unread bytes makes the kernel send a reset, which can destroy the answer before the client has
    // read it: so say that no more comes, and let the rest of a refused body run into the sand for a moment.
    error_code ignored;
    beast::get_lowest_layer(stream_).socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    expires_after(drain_time);
    drain();
}

void Session::drain() {
    buffer_.clear();
    beast::get_lowest_layer(stream_).async_read_some(buffer_.prepare(buffer_.max_size()),
                                                     [self = shared_from_this()](error_code error, std::size_t) {
                                                         if (!error) {
                                                             self->drain();
                                                         }
                                                     });
}

}  // namespace

Response Server::State::answer(const Request& request) const noexcept {
    try {
        return handler(request);
    } catch (...) {  // only a library's, and only for want of memory: our own code does not throw
        return Response{500, {}, {}};
    }
}

base::Result<void> Server::State::prepare_tls() {
    const auto buffer_of = [](const std::string& text) { return asio::const_buffer(text.data(), text.size()); };
    SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_3_VERSION);
    SSL_CTX_set_mode(tls.native_handle(), SSL_MODE_RELEASE_BUFFERS);  // 34 KiB less for each client that is silent
    SSL_CTX_set_num_tickets(tls.native_handle(), 0);  // a ticket would let a listener link a kiosk's visits
    error_code error;
    tls.use_certificate_chain(buffer_of(settings.certificate.certificate_pem), error);
    if (!error) {
        tls.use_private_key(buffer_of(settings.certificate.key_pem), asio::ssl::context::pem, error);
    }
    if (error || SSL_CTX_check_private_key(tls.native_handle()) != 1) {
        return base::fail(base::ErrorCode::malformed, {}, "The TLS certificate or its key is broken.",
                          "Put back the files that were made together.");
    }
    return {};
}

base::Result<void> Server::State::listen() {
    const std::string where = fmt::format("{}:{}", settings.address, settings.port);
    error_code error;
    const auto address = asio::ip::make_address(settings.address, error);
    if (error) {
        return base::fail(base::ErrorCode::usage, where, "Not a numeric address.",
                          "Listen on 127.0.0.1:8443 or [::]:8443.");
    }
    if (settings.transport == Transport::plain_on_loopback && !address.is_loopback()) {
        return base::fail(base::ErrorCode::usage, where, "Without TLS only this machine is served.",
                          "Listen on 127.0.0.1 or ::1.");
    }
    const asio::ip::tcp::endpoint endpoint(address, settings.port);
    const auto step = [&error](auto&& action) {
        if (!error) {
            action();
        }
    };
    step([&] { acceptor.open(endpoint.protocol(), error); });
    step([&] { acceptor.set_option(asio::socket_base::reuse_address(true), error); });
    step([&] { acceptor.bind(endpoint, error); });
    step([&] { acceptor.listen(asio::socket_base::max_listen_connections, error); });
    if (error) {
        return base::fail(base::ErrorCode::unavailable, where, fmt::format("Cannot listen: {}.", error.message()),
                          "Stop the other program on this port, or choose another address.");
    }
    port = acceptor.local_endpoint(error).port();
    return {};
}

// Anything here may throw for want of memory, within asio too, before a callback is called at all. So each callback
// carries a token: where it goes, called or not, an accept is owed, and run() makes up for it.
void Server::State::accept() {
    acceptor.async_accept(asio::make_strand(io),
                          [this, token = begin_to_wait()](error_code error, asio::ip::tcp::socket socket) mutable {
                              token.reset();
                              if (error == asio::error::operation_aborted) {
                                  return;
                              }
                              if (error) {  // no file descriptors left: trying again at once would only burn the CPU
                                  return after(accept_pause, [this] { accept(); });
                              }
                              seat(std::make_shared<Session>(*this, std::move(socket)));
                          });
}

// While the server is full, one newcomer stands at the door and all others wait in the kernel's queue.
void Server::State::seat(std::shared_ptr<Session> newcomer) {
    if (!newcomer->enter()) {
        return after(full_pause, [this, newcomer = std::move(newcomer)] { seat(newcomer); });
    }
    newcomer->start();
    accept();
}

void Server::State::after(std::chrono::milliseconds time, std::function<void()> action) {
    pause.expires_after(time);
    pause.async_wait([action = std::move(action), token = begin_to_wait()](error_code stopped) mutable {
        token.reset();
        if (!stopped) {
            action();
        }
    });
}

void Server::State::run() {
    while (true) {
        try {
            if (accept_is_owed) {
                asio::post(acceptor.get_executor(), [this] {
                    if (accept_is_owed && acceptor.is_open()) {
                        accept();
                    }
                });
            }
            io.run();
            return;
        } catch (...) {  // no memory for one session: it is gone with its callback, the others go on
            std::this_thread::sleep_for(accept_pause);
        }
    }
}

void Server::State::stop() {
    if (threads.empty()) {
        return;
    }
    asio::post(acceptor.get_executor(), [this] {
        error_code ignored;
        acceptor.close(ignored);
        pause.cancel();
    });
    {
        std::unique_lock lock(mutex);
        all_ended.wait_for(lock, settings.stop_time, [this] { return requests_under_way == 0; });
    }
    io.stop();
    for (std::thread& thread : threads) {
        thread.join();
    }
    threads.clear();
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() = default;
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
std::uint16_t Server::port() const {
    return state_->port;
}
void Server::stop() {
    state_->stop();
}

base::Result<Server> Server::start(ServerSettings settings, Handler handler) {
    try {
        auto state = std::make_unique<State>(std::move(settings));
        state->handler = std::move(handler);
        if (state->settings.transport == Transport::tls) {
            TRY(state->prepare_tls());
        }
        TRY(state->listen());
        state->accept();
        for (std::size_t i = 0; i < state->settings.threads; ++i) {
            state->threads.emplace_back([running = state.get()] { running->run(); });
        }
        return Server(std::move(state));
    } catch (const std::exception& problem) {  // threads or sockets that the system refuses
        return base::fail(base::ErrorCode::unavailable, "server", fmt::format("Cannot start: {}.", problem.what()));
    }
}

}  // namespace pillarbox::http
