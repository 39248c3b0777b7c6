#include "client/connection_driver.hpp"

#include <fmt/format.h>

#include <boost/asio/ssl/error.hpp>
#include <exception>
#include <utility>

#include "hiratake/base/error.hpp"

namespace hiratake::client {
namespace {

constexpr std::size_t read_size = 128 * 1024;
/// How long the last bytes may take.
constexpr Duration linger = std::chrono::seconds{1};

/// How long acknowledgements wait for something to be written together with: a write, and the broker's wake-up for it,
/// cost more than the acknowledgement. Whoever moves the clock by hand would wait for ever.
Duration acknowledgement_delay(const net::EventLoop& loop) {
    return loop.has_manual_clock() ? Duration::zero() : std::chrono::milliseconds{10};
}

core::ConnectionMachineOptions machine_options(const ConnectionOptions& options, const net::EventLoop& loop) {
    amqp::Table capabilities;
    for (const char* capability :
         {"publisher_confirms", "exchange_exchange_bindings", "basic.nack", "consumer_cancel_notify",
          "connection.blocked", "authentication_failure_close", "per_consumer_qos"}) {
        capabilities.append(capability, true);
    }
    amqp::Table properties{{"product", "Hiratake"}, {"version", HIRATAKE_VERSION}, {"platform", "C++"}};
    if (!options.connection_name.empty()) properties.append("connection_name", options.connection_name);
    properties.append("capabilities", std::move(capabilities));
    return {.wishes = {.frame_max = options.frame_max, .heartbeat_s = options.heartbeat_s},
            .client_properties = std::move(properties),
            .publisher = {.max_unconfirmed = options.max_unconfirmed_publishes,
                          .max_attempts = options.max_publish_attempts,
                          .max_message_size = options.max_message_size},
            .retry = options.retry,
            .handshake_timeout = options.handshake_timeout,
            .restore_timeout = options.restore_timeout,
            .acknowledgement_delay = acknowledgement_delay(loop)};
}

std::vector<ConnectionUri> targets(const ConnectionOptions& options, bool has_memory) {
    if (options.uris.empty()) throw ConfigurationError{"a connection needs the URI of at least one broker"};
    auto uris = options.uris;
    for (auto& uri : uris) {
        if (!uri.mechanism) uri.mechanism = options.mechanism;
        if (uri.transport == Transport::memory && !has_memory) {
            throw ConfigurationError{
                fmt::format("{} can be reached only in a process that runs the embedded broker "
                            "under that name",
                            uri.display())};
        }
    }
    return uris;
}

net::ConnectTarget connect_target(const ConnectionUri& uri) {
    // A localhost that is ::1 first would miss brokers that listen on IPv4 alone; the connector tries both.
    net::ConnectTarget target{.host = uri.host, .port = uri.port, .tls = {}, .socket = {}};
    if (uri.transport == Transport::tls) {
        target.tls = net::TlsClientOptions{.ca_file = uri.tls.ca_certificate_file,
                                           .certificate_file = uri.tls.certificate_file,
                                           .key_file = uri.tls.key_file,
                                           .verify_peer = uri.tls.verify_peer,
                                           .verify_host = uri.tls.verify_peer,
                                           .server_name = uri.tls.server_name};
    }
    return target;
}

bool is_about_tls(net::ErrorCode error) {
    return error.category() == boost::asio::error::get_ssl_category();
}

core::Failure tls_failure(std::string_view text) {
    constexpr auto* remedy = "see cacertfile, certfile, keyfile and server_name_indication in the broker's URI";
    return {core::FailureKind::tls, fmt::format("{} ({})", text, remedy)};
}

core::Failure connect_failure(const net::ConnectResult& result, bool is_tls) {
    // The log says where already.
    const std::size_t reason = result.message.find(": ");
    const std::string text = reason == std::string::npos ? result.message : result.message.substr(reason + 2);
    const bool about_tls =
        is_tls && (is_about_tls(result.error) || result.error == boost::system::errc::invalid_argument);
    return about_tls ? tls_failure(text) : core::Failure{core::FailureKind::network, text};
}

}  // namespace

Connection::Driver::Driver(ConnectionOptions options, net::EventLoop& loop, const Log& log, const Clock& clock,
                           Random& random, MemoryConnector memory)
    : options_(std::move(options)),
      loop_(loop),
      clock_(clock),
      random_(random),
      logger_(log, "hiratake.client"),
      memory_(std::move(memory)),
      life_(targets(options_, static_cast<bool>(memory_)), options_.retry, log, random),
      machine_(machine_options(options_, loop), log, random),
      board_(life_.target().display()),
      connector_(loop),
      timer_(loop) {}

void Connection::Driver::attach() {
    const PublishLimits limits{options_.max_outstanding_publishes, options_.max_outstanding_bytes};
    inbox_ = std::make_shared<Inbox>(limits, [this] { post_turn(); });
}

void Connection::Driver::start() {
    inbox_->command([this] { follow(life_.resume(core::ReconnectEvent::start, now())); });
}

void Connection::Driver::follow(core::ReconnectAction action) {
    switch (action) {
        case core::ReconnectAction::none: break;
        case core::ReconnectAction::connect: connect(); break;
        case core::ReconnectAction::converse:
            machine_.begin(life_.target(), now());
            read();
            break;
        case core::ReconnectAction::run: board_.set_ready(); break;
        case core::ReconnectAction::wait: board_.set_lost(*life_.last_failure()); break;
        case core::ReconnectAction::stop: end(life_.fatal()); break;
    }
}

void Connection::Driver::connect() {
    const ConnectionUri& uri = life_.target();
    board_.set_broker(uri.display());
    if (uri.transport == Transport::memory) {
        if (auto stream = memory_(uri.host)) return adopt(std::move(stream));
        return fail_to_connect({core::FailureKind::network, "no embedded broker of that name runs in this process"});
    }
    const bool is_tls = uri.transport == Transport::tls;
    const Duration timeout = uri.connection_timeout.value_or(options_.connection_timeout);
    connector_.async_connect(connect_target(uri), Deadline::after(now(), timeout),
                             [self = shared_from_this(), is_tls](net::ConnectResult result) {
                                 self->on_loop([&] {
                                     if (result.stream) {
                                         self->adopt(std::move(result.stream));
                                     } else {
                                         self->fail_to_connect(connect_failure(result, is_tls));
                                     }
                                     self->turn(core::ConnectionAction::go_on);
                                 });
                             });
}

void Connection::Driver::adopt(std::unique_ptr<net::ByteStream> stream) {
    stream_ = std::move(stream);
    is_hanging_up_ = false;
    loss_.reset();
    linger_deadline_ = Deadline::never();
    follow(life_.resume(core::ReconnectEvent::connected, now()));
}

void Connection::Driver::fail_to_connect(const core::Failure& failure) {
    follow(life_.resume(core::ReconnectEvent::failed, now(), failure));
}

void Connection::Driver::read() {
    is_reading_ = true;
    stream_->async_read_some(machine_.receive_buffer(read_size),
                             [self = shared_from_this()](net::ErrorCode error, std::size_t length) {
                                 self->on_loop([&] { self->handle_read(error, length); });
                             });
}

void Connection::Driver::handle_read(net::ErrorCode error, std::size_t length) {
    is_reading_ = false;
    if (is_hanging_up_) return finish_stream();
    if (error) {
        // With TLS 1.3 a broker that wants a client's certificate says so after the handshake.
        if (is_about_tls(error)) return lose_stream(tls_failure(error.message()));
        const std::string text = net::is_end_of_stream(error) ? machine_.end_of_stream_text() : error.message();
        return lose_stream({core::FailureKind::network, text});
    }
    turn(machine_.received(length, now()));
    if (stream_ && !is_hanging_up_ && !is_ended_) read();
}

void Connection::Driver::flush() {
    if (!stream_ || is_writing_ || !linger_deadline_.is_never() || !machine_.has_outgoing()) return;
    machine_.take_outgoing(write_buffer_, now());
    is_writing_ = !stream_->write(write_buffer_, [self = shared_from_this()](net::ErrorCode error) {
        self->on_loop([&] { self->handle_written(error); });
    });
    if (!is_writing_) go_on_after_write();
}

void Connection::Driver::handle_written(net::ErrorCode error) {
    is_writing_ = false;
    if (is_hanging_up_) {
        stream_->close();
        return finish_stream();
    }
    if (error && !is_reading_) return lose_stream({core::FailureKind::network, error.message()});
    // The broker may have said why it closed the connection: the read, which is under way, comes first.
    if (error) {
        linger_deadline_ = Deadline::after(now(), linger);
        return turn(core::ConnectionAction::go_on);
    }
    go_on_after_write();
}

void Connection::Driver::go_on_after_write() {
    if (is_closing_ || machine_.has_unwritten()) post_turn();
}

void Connection::Driver::lose_stream(core::Failure failure) {
    if (!is_hanging_up_) loss_ = std::move(failure);
    is_hanging_up_ = true;
    stream_->close();
    finish_stream();
}

void Connection::Driver::hang_up() {
    if (!stream_ || is_hanging_up_) return;
    loss_ = machine_.failure();
    flush();
    is_hanging_up_ = true;
    if (is_writing_) {
        linger_deadline_ = Deadline::after(now(), linger);
    } else {
        stream_->close();
    }
    finish_stream();
}

void Connection::Driver::finish_stream() {
    if (is_reading_ || is_writing_) return;
    stream_.reset();
    is_hanging_up_ = false;
    linger_deadline_ = Deadline::never();
    machine_.disconnected();
    if (is_closing_) return end(std::nullopt);
    const core::Failure loss = loss_.value_or(core::Failure{core::FailureKind::network, "closed"});
    follow(life_.resume(core::ReconnectEvent::failed, now(), loss));
    if (!is_ended_) turn(core::ConnectionAction::go_on);
}

void Connection::Driver::turn(core::ConnectionAction action) {
    const auto note = [&action](core::ConnectionAction next) {
        if (next != core::ConnectionAction::go_on) action = next;
    };
    if (!machine_.events().empty()) {
        // Everything that handlers stage during this turn leaves with it.
        inbox_->expect_take();
        hand_out_events();
    }
    take_inbox();
    if (is_ended_) return;
    note(machine_.advance(now()));
    if (is_closing_) continue_closing();
    hand_out_events();
    if (is_ended_) return;
    if (action == core::ConnectionAction::be_ready) follow(life_.resume(core::ReconnectEvent::ready, now()));
    if (action == core::ConnectionAction::hang_up) hang_up();
    if (is_ended_) return;
    flush();
    arm();
}

void Connection::Driver::post_turn() {
    loop_.post([self = shared_from_this()] { self->on_loop([&] { self->turn(core::ConnectionAction::go_on); }); });
}

void Connection::Driver::take_inbox() {
    inbox_->take(work_);
    for (auto& command : work_.commands) {
        if (!is_ended_) command();
    }
    for (const auto& [key, settlement] : work_.settlements) machine_.settle(key, settlement);
    for (auto& publish : work_.publishes) machine_.publish(std::move(publish));
    work_.clear();
    // When a command has ended everything, what came behind it is answered as well.
    if (is_ended_) machine_.fail_publishes(PublishStatus::connection_lost, "the connection was closed");
    if (is_ended_) hand_out_events();
}

void Connection::Driver::arm() {
    Deadline deadline = machine_.next_deadline().earlier(linger_deadline_);
    if (life_.is_waiting()) deadline = deadline.earlier(Deadline{life_.wake_up()});
    if (is_closing_) deadline = deadline.earlier(goodbye_deadline_);
    // A timer that rings too early costs less than setting it again each time.
    if (timer_.is_armed() && armed_for_.at() <= deadline.at()) return;
    armed_for_ = deadline;
    timer_.start(deadline, [self = shared_from_this()] { self->on_loop([&] { self->handle_timer(); }); });
}

void Connection::Driver::handle_timer() {
    if (linger_deadline_.passed(now()) && stream_) {
        if (is_hanging_up_) {
            linger_deadline_ = Deadline::never();
            stream_->close();
        } else {
            return lose_stream({core::FailureKind::network, "writing to the broker failed"});
        }
    }
    if (life_.is_waiting() && now() >= life_.wake_up()) follow(life_.resume(core::ReconnectEvent::woken, now()));
    if (!is_ended_) turn(core::ConnectionAction::go_on);
}

}  // namespace hiratake::client
