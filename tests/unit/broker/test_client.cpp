#include "test_client.hpp"

#include <fmt/format.h>

#include <utility>

#include "amqp/dispatch.hpp"
#include "amqp/print.hpp"

namespace hiratake::broker::core::test {
namespace {

std::string between(std::string_view text, std::string_view before, std::string_view after) {
    const std::size_t start = text.find(before);
    if (start == std::string_view::npos) return {};
    const std::string_view rest = text.substr(start + before.size());
    return std::string{rest.substr(0, rest.find(after))};
}

std::string body_of(const std::string& line) {
    const std::size_t start = line.rfind(" | '");
    return start == std::string::npos ? std::string{} : line.substr(start + 4, line.size() - start - 5);
}

/// The server's side of a method frame, since some methods go both ways.
struct PrintingSink {
    std::string text;
    template <class Method>
    void on(const Method& method) {
        text = amqp::to_text(method);
    }
};

}  // namespace

TestClient::TestClient(TestBroker& broker, TestClientOptions options, bool start)
    : options_(std::move(options)), writer_(staged_), reader_(options_.frame_max) {
    session_.emplace(broker.broker, Peer{"test", options_.is_loopback}, *this);
    if (start) connect();
}

Lines TestClient::log_in() {
    amqp::Table capabilities;
    for (const std::string& capability : options_.capabilities) capabilities.set(capability, true);
    writer_.write_protocol_header();
    const std::string response = std::string{'\0'} + options_.user + '\0' + options_.user;
    write(amqp::ConnectionStartOk{.client_properties = {{"capabilities", capabilities}},
                                  .mechanism = "PLAIN",
                                  .response = response,
                                  .locale = "en_US"},
          0);
    return flush();
}

Lines TestClient::connect() {
    log_in();
    write(amqp::ConnectionTuneOk{.channel_max = options_.channel_max,
                                 .frame_max = options_.frame_max,
                                 .heartbeat = options_.heartbeat_seconds},
          0);
    write(amqp::ConnectionOpen{.virtual_host = options_.vhost}, 0);
    Lines lines = flush();
    if (session_->state() == SessionState::running) {
        for (std::string& line : call(amqp::ChannelOpen{})) lines.push_back(std::move(line));
    }
    return lines;
}

void TestClient::write_publish(std::string_view exchange, std::string_view routing_key, std::string_view body,
                               const amqp::Properties& properties, bool mandatory, std::uint16_t channel) {
    amqp::ByteBuffer encoded;
    amqp::encode_properties(encoded, properties, amqp::Letters::exact);
    writer_.set_frame_max(options_.frame_max);
    writer_.write_content(channel,
                          amqp::BasicPublish{.exchange = exchange, .routing_key = routing_key, .mandatory = mandatory},
                          encoded, body);
}

Lines TestClient::publish(std::string_view exchange, std::string_view routing_key, std::string_view body,
                          const amqp::Properties& properties, bool mandatory) {
    write_publish(exchange, routing_key, body, properties, mandatory);
    return flush();
}

Lines TestClient::send_bytes(std::string_view bytes) {
    staged_.append(bytes);
    return flush();
}

Lines TestClient::flush() {
    session_->feed(std::exchange(staged_, {}));
    return received();
}

Lines TestClient::received() {
    Lines lines;
    // Room in the output may bring more.
    while (reads && session_ && session_->has_output()) {
        amqp::ByteBuffer output;
        session_->take_output(output);
        session_->output_written();
        if (output == amqp::protocol_header) {
            lines.push_back("protocol header");
            continue;
        }
        reader_.feed(output);
        amqp::Frame frame;
        while (reader_.next(frame) == amqp::FrameStatus::frame) add_frame(frame, lines);
    }
    return lines;
}

void TestClient::add_frame(const amqp::Frame& frame, Lines& lines) {
    switch (frame.type) {
        case amqp::FrameType::method: {
            PrintingSink sink;
            const amqp::DecodeError error = amqp::dispatch_to_client(frame.payload, sink);
            if (error != amqp::DecodeError::none) sink.text = fmt::format("undecodable: {}", amqp::to_text(error));
            lines.push_back(frame.channel <= 1 ? sink.text : fmt::format("{}: {}", frame.channel, sink.text));
            break;
        }
        case amqp::FrameType::header: {
            amqp::Properties properties;
            const amqp::DecodeError error = amqp::decode_properties(frame.payload.substr(12), properties);
            if (error != amqp::DecodeError::none) lines.back() += " | undecodable properties";
            if (const std::string text = amqp::to_text(properties); !text.empty()) lines.back() += " | " + text;
            break;
        }
        case amqp::FrameType::body: lines.back() += fmt::format(" | '{}'", frame.payload); break;
        case amqp::FrameType::heartbeat: lines.push_back("heartbeat"); break;
    }
}

std::string TestClient::declare(amqp::Table arguments, std::string_view name) {
    const Lines lines = call(amqp::QueueDeclare{.queue = name, .arguments = std::move(arguments)});
    return lines.empty() ? std::string{} : between(lines.front(), "queue='", "'");
}

void TestClient::consume(std::string_view queue, std::string_view tag, bool no_ack, amqp::Table arguments) {
    write(amqp::BasicConsume{
        .queue = queue, .consumer_tag = tag, .no_ack = no_ack, .no_wait = true, .arguments = std::move(arguments)});
    session_->feed(std::exchange(staged_, {}));
}

Lines bodies(const Lines& lines) {
    Lines found;
    for (const std::string& line : lines) {
        if (line.find(" | '") != std::string::npos) found.push_back(body_of(line));
    }
    return found;
}

Lines deliveries(const Lines& lines) {
    Lines found;
    for (const std::string& line : lines) {
        if (line.starts_with("basic.deliver")) {
            found.push_back(between(line, "consumer_tag='", "'") + ":" + body_of(line));
        }
    }
    return found;
}

}  // namespace hiratake::broker::core::test
