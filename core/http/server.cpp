// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one translation unit with Boost.Beast: it takes most of a minute to compile, so it stays small and knows no
// routes.
//
// One Session a connection, kept alive by the callback that is pending for it: when none is, it is gone. Each runs on
// its own strand, so its members need no lock. Library calls take an error_code; what still throws (no memory) ends
// that session only. Beast reads headers; a body has a length and is read here, piece by piece as it comes, so that
// memory is taken for what was sent and not for what was promised.
#include "core/http/server.hpp"

#include <fmt/format.h>

#include <algorithm>
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

constexpr std::size_t body_piece_bytes = 16 * 1024;  // the most that one TLS record holds
constexpr std::chrono::milliseconds accept_pause{100};
constexpr std::chrono::milliseconds full_pause{5};
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

struct Server::State {
    explicit State(ServerSettings its_settings)
        : settings(std::move(its_settings)),
          places({settings.connections_max, std::max<std::size_t>(settings.connections_max / 2, 1),
                  settings.bodies_size_bytes_max, settings.hurry_time}),
          tls(asio::ssl::context::tls_server),
          acceptor(asio::make_strand(io)),
          pause(acceptor.get_executor()) {}
    ~State() { stop(); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    base::Result<void> prepare_tls();
    base::Result<void> listen();
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

    [[nodiscard]] bool enter();  // takes a place; false where there is none now
    void start();

  private:
    using Parser = wire::request_parser<wire::empty_body>;  // of which only the header is used
    enum class Afterwards { next_request, close };

    void read_header();
    void header_read(error_code error);
    void read_body();
    void body_read(error_code error);
    void request_read();
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
    base::Bytes body_;
    std::size_t body_length_ = 0;
    std::size_t body_due_ = 0;  // what has to be here before the time is over
    std::optional<Places::Id> place_;
    Places::Source source_;
    wire::response<wire::vector_body<std::uint8_t>> response_;
    bool request_counted_ = false;
};

Session::Session(Server::State& server, asio::ip::tcp::socket&& socket)
    : server_(server),
      stream_(beast::tcp_stream(std::move(socket)), server.tls),
      buffer_(2 * std::size_t{server.settings.header_size_bytes_max}),
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
    stream_.async_handshake(asio::ssl::stream_base::server, [self = shared_from_this()](error_code error) {
        if (!error) {
            self->read_header();
        }
    });
}

void Session::read_header() {
    parser_.emplace();
    parser_->header_limit(server_.settings.header_size_bytes_max);
    parser_->body_limit(boost::none);  // read_body() holds the limit, which depends on the path
    expires_after(server_.settings.header_time);
    server_.places.wait_for_client(*place_);
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
    server_.places.answer(*place_);
    if (error) {
        const bool long_header = error == wire::error::header_limit || error == wire::error::buffer_overflow;
        return send(Response{long_header ? 431U : 400U, {}, {}}, Afterwards::close);
    }
    const wire::request_header<>& header = parser_->get();
    const std::uint64_t length = parser_->content_length().value_or(0);
    if (const unsigned status = refusal_of(header, parser_->content_length().has_value()); status != 0) {
        return send(Response{status, {}, {}}, Afterwards::close);
    }
    const auto limit = server_.settings.body_limit(method_of(header.method()), text_of(header.target()));
    if (!limit.has_value()) {
        return send(limit.error(),
                    length == 0 && parser_->keep_alive() ? Afterwards::next_request : Afterwards::close);
    }
    if (length > *limit) {
        return send(Response{413, {}, {}}, Afterwards::close);
    }
    body_length_ = static_cast<std::size_t>(length);
    body_.clear();
    body_due_ = 0;
    if (body_length_ > 0) {
        server_.places.read_body(*place_, text_of(header.target()));
    }
    read_body();
}

void Session::read_body() {
    const std::size_t waiting = std::min(buffer_.size(), body_length_ - body_.size());
    if (waiting > 0) {  // came together with the header
        const auto* first = static_cast<const std::uint8_t*>(buffer_.data().data());
        body_.insert(body_.end(), first, first + waiting);
        buffer_.consume(waiting);
    }
    if (body_.size() == body_length_) {
        return request_read();
    }
    const ServerSettings& settings = server_.settings;
    if (body_.size() >= body_due_) {
        const auto seconds = static_cast<std::size_t>(settings.body_time.count()) / 1000;
        body_due_ = body_.size() + seconds * settings.body_rate_min_bytes_per_second;
        expires_after(settings.body_time);
    }
    const std::size_t piece = std::min(body_length_ - body_.size(), body_piece_bytes);
    body_.resize(body_.size() + piece);
    stream_.async_read_some(asio::buffer(body_.data() + body_.size() - piece, piece),
                            [self = shared_from_this(), piece](error_code error, std::size_t size) {
                                self->body_.resize(self->body_.size() - piece + size);
                                self->body_read(error);
                            });
}

void Session::body_read(error_code error) {
    if (error) {
        return;  // cut or too slow: a half body is never handed on
    }
    server_.places.body_grew(*place_, body_.size());
    read_body();
}

void Session::request_read() {
    server_.places.answer(*place_);
    const wire::request_header<>& header = parser_->get();
    Response response;
    bool keep = false;
    {
        const Request request{method_of(header.method()), text_of(header.target()),
                              text_of(header[wire::field::content_type]), std::exchange(body_, {})};
        keep = parser_->keep_alive() && request.method != Method::other;
        response = server_.answer(request);
    }
    send(std::move(response), keep ? Afterwards::next_request : Afterwards::close);
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
    server_.places.wait_for_client(*place_);
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
    pause.async_wait([action = std::move(action)](error_code stopped) {
        if (!stopped) {
            action();
        }
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
