// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one translation unit with Boost.Beast: it takes most of a minute to compile, so it stays small and knows no
// routes.
//
// One Session a connection, kept alive by the callback that is pending for it: when none is, it is gone. Each runs on
// its own strand, so its members need no lock. Library calls take an error_code; what still throws (no memory) ends
// that session only.
#include "core/http/server.hpp"

#include <fmt/format.h>

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace pillarbox::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using boost::system::error_code;

// Measured: a buffer that starts small is read in small pieces, which costs seven times the CPU for a large batch.
constexpr std::size_t read_buffer_bytes = 64 * 1024;
constexpr std::chrono::milliseconds accept_pause{100};
constexpr std::chrono::seconds drain_time{2};

Method method_of(wire::verb verb) {
    if (verb == wire::verb::get) {
        return Method::get;
    }
    return verb == wire::verb::post ? Method::post : Method::other;
}

std::string text_of(beast::string_view text) {
    return {text.data(), text.size()};
}

}  // namespace

struct Server::State {
    State() : tls(asio::ssl::context::tls_server), acceptor(asio::make_strand(io)), pause(acceptor.get_executor()) {}
    ~State() { stop(); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    base::Result<void> prepare_tls();
    base::Result<void> listen();
    void accept();
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
    std::atomic<std::size_t> connections = 0;
    std::mutex mutex;
    std::condition_variable all_ended;
    std::size_t requests_under_way = 0;  // guarded by mutex
    asio::ssl::context tls;
    std::vector<std::thread> threads;
    asio::io_context io;  // after all that sessions use: it is destroyed first, and they with it
    asio::ip::tcp::acceptor acceptor;
    asio::steady_timer pause;
    std::uint16_t port = 0;
};

namespace {

class Session : public std::enable_shared_from_this<Session> {
  public:
    Session(Server::State& server, asio::ip::tcp::socket&& socket);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void start();

  private:
    using Parser = wire::request_parser<wire::vector_body<std::uint8_t>>;
    enum class Afterwards { next_request, close };

    void read_header();
    void header_read(error_code error);
    void body_read(error_code error);
    void send(Response response, Afterwards afterwards);
    void sent(error_code error, Afterwards afterwards);
    void drain();
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
    std::optional<Parser> parser_;
    wire::response<wire::vector_body<std::uint8_t>> response_;
    bool request_counted_ = false;
};

Session::Session(Server::State& server, asio::ip::tcp::socket&& socket)
    : server_(server), stream_(beast::tcp_stream(std::move(socket)), server.tls) {
    ++server_.connections;
    buffer_.reserve(read_buffer_bytes);
}

Session::~Session() {
    if (request_counted_) {
        server_.request_ended();
    }
    --server_.connections;
}

void Session::start() {
    expires_after(server_.settings.header_time);
    stream_.async_handshake(asio::ssl::stream_base::server, [self = shared_from_this()](error_code error) {
        if (!error) {
            self->read_header();
        }
    });
}

void Session::read_header() {
    parser_.emplace();
    parser_->header_limit(server_.settings.header_size_bytes_max);
    parser_->body_limit(boost::none);  // set once the route is known, before any of the body is read
    expires_after(server_.settings.header_time);
    wire::async_read_header(stream_, buffer_, *parser_, then(&Session::header_read));
}

void Session::header_read(error_code error) {
    // Errors of its own category are the parser's, about a header that was read: those have an answer.
    const bool about_header = error.category() == wire::make_error_code(wire::error::bad_method).category();
    if (error && (!about_header || error == wire::error::end_of_stream || error == wire::error::partial_message)) {
        return;  // gone, too slow, or not speaking HTTP: there is nobody to answer
    }
    request_counted_ = true;
    server_.request_started();
    if (error) {
        const unsigned status = error == wire::error::header_limit ? 431 : 400;
        return send(Response{status, {}, {}}, Afterwards::close);
    }
    const std::string path = text_of(parser_->get().target());
    const std::size_t limit = server_.settings.body_limit(method_of(parser_->get().method()), path);
    const std::uint64_t length = parser_->content_length().value_or(parser_->chunked() ? limit : 0);
    if (length > limit) {
        return send(Response{413, {}, {}}, Afterwards::close);
    }
    parser_->body_limit(limit);
    const std::chrono::seconds body_time(length / server_.settings.body_rate_min_bytes_per_second);
    expires_after(server_.settings.header_time + body_time);
    wire::async_read(stream_, buffer_, *parser_, then(&Session::body_read));
}

void Session::body_read(error_code error) {
    if (error == wire::error::body_limit) {
        return send(Response{413, {}, {}}, Afterwards::close);
    }
    if (error) {
        return;  // cut, too slow, or broken chunks: a half body is never handed on
    }
    auto message = parser_->release();
    Request request{method_of(message.method()), text_of(message.target()),
                    text_of(message[wire::field::content_type]), std::move(message.body())};
    const bool keep = message.keep_alive() && request.method != Method::other;
    send(server_.answer(request), keep ? Afterwards::next_request : Afterwards::close);
}

void Session::send(Response response, Afterwards afterwards) {
    response_ = {};
    response_.version(11);
    response_.result(response.status);
    response_.keep_alive(afterwards == Afterwards::next_request);
    response_.set(wire::field::cache_control, "no-store");
    if (!response.content_type.empty()) {
        response_.set(wire::field::content_type, response.content_type);
    }
    response_.body() = std::move(response.body);
    response_.prepare_payload();
    const std::chrono::seconds time(response_.body().size() / server_.settings.body_rate_min_bytes_per_second);
    expires_after(server_.settings.header_time + time);
    wire::async_write(stream_, response_, then(&Session::sent, afterwards));
}

void Session::sent(error_code error, Afterwards afterwards) {
    request_counted_ = false;
    server_.request_ended();
    if (error) {
        return;
    }
    if (afterwards == Afterwards::next_request) {
        return read_header();
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
    beast::get_lowest_layer(stream_).async_read_some(buffer_.prepare(read_buffer_bytes),
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

void Server::State::accept() {
    acceptor.async_accept(asio::make_strand(io), [this](error_code error, asio::ip::tcp::socket socket) {
        if (error == asio::error::operation_aborted) {
            return;
        }
        if (error) {  // no file descriptors left: trying again at once would only burn the CPU
            pause.expires_after(accept_pause);
            pause.async_wait([this](error_code stopped) {
                if (!stopped) {
                    accept();
                }
            });
            return;
        }
        if (connections < settings.connections_max) {
            std::make_shared<Session>(*this, std::move(socket))->start();
        }
        accept();
    });
}

void Server::State::run() {
    while (true) {
        try {
            io.run();
            return;
        } catch (...) {  // no memory for one session: it is gone with its callback, the others go on
            continue;
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

base::Result<void> set_listen_address(ServerSettings& settings, std::string_view text) {
    const auto wrong = [&text] {
        return base::fail(base::ErrorCode::usage, std::string(text), "Not an address and port.",
                          "Write it as 127.0.0.1:8443 or [::1]:8443.");
    };
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) {
        return wrong();
    }
    std::string_view address = text.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']')) {
        address = address.substr(1, address.size() - 2);
    }
    const std::string_view digits = text.substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    error_code error;
    asio::ip::make_address(std::string(address), error);
    if (error || status != std::errc{} || end != digits.data() + digits.size()) {
        return wrong();
    }
    settings.address = std::string(address);
    settings.port = port;
    return {};
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
        auto state = std::make_unique<State>();
        state->settings = std::move(settings);
        state->handler = std::move(handler);
        TRY(state->prepare_tls());
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
