#include "test_socket.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

#include "hiratake/payload/json.hpp"

namespace hiratake::test {
namespace {

int connect_to(std::uint16_t port) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval limit{20, 0};
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(descriptor);
        throw std::runtime_error("cannot connect to the service");
    }
    return descriptor;
}

/// Appends what arrives next; false at the end.
bool read_more(int descriptor, std::string& input) {
    char buffer[65536];
    const auto length = ::recv(descriptor, buffer, sizeof buffer, 0);
    if (length < 0) throw std::runtime_error("nothing arrived within 20 s, or the connection broke");
    input.append(buffer, static_cast<std::size_t>(length));
    return length > 0;
}

void write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto length = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (length <= 0) throw std::runtime_error("the service does not take what is sent");
        bytes.remove_prefix(static_cast<std::size_t>(length));
    }
}

/// Cuts the head of an answer from the input.
std::string take_head(int descriptor, std::string& input) {
    constexpr std::string_view end = "\r\n\r\n";
    while (input.find(end) == std::string::npos) {
        if (!read_more(descriptor, input)) throw std::runtime_error("the connection ended before an answer");
    }
    const auto length = input.find(end) + end.size();
    std::string head = input.substr(0, length);
    input.erase(0, length);
    return head;
}

}  // namespace

std::string opening_request(const std::string& more_headers) {
    return "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" +
           more_headers + "\r\n";
}

std::string head_of_answer(std::uint16_t port, std::string_view request) {
    const int descriptor = connect_to(port);
    std::string input;
    std::string head;
    try {
        write_all(descriptor, request);
        head = take_head(descriptor, input);
    } catch (...) {
        ::close(descriptor);
        throw;
    }
    ::close(descriptor);
    return head;
}

TestSocket::TestSocket(std::uint16_t port, const std::string& more_headers) : descriptor_(connect_to(port)) {
    write(opening_request(more_headers));
    const auto head = take_head(descriptor_, input_);
    if (!head.starts_with("HTTP/1.1 101 ") || head.find("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") == std::string::npos) {
        throw std::runtime_error("no WebSocket: " + head);
    }
    const Value connected = receive_json();
    id_ = connected.find("data")->find("socket_id")->as_string();
}

TestSocket::TestSocket(TestSocket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), input_(std::move(other.input_)), id_(std::move(other.id_)) {}

TestSocket::~TestSocket() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::string TestSocket::read(std::size_t length) {
    while (input_.size() < length) {
        if (!read_more(descriptor_, input_)) throw std::runtime_error("the connection ended inside a frame");
    }
    std::string bytes = input_.substr(0, length);
    input_.erase(0, length);
    return bytes;
}

void TestSocket::write(std::string_view bytes) const {
    write_all(descriptor_, bytes);
}

void TestSocket::send_frame(int opcode, std::string_view payload) const {
    std::string bytes{static_cast<char>(0x80 | opcode), static_cast<char>(0xfe), static_cast<char>(payload.size() >> 8),
                      static_cast<char>(payload.size() & 0xff)};
    if (payload.size() <= 125) bytes = {static_cast<char>(0x80 | opcode), static_cast<char>(0x80 | payload.size())};
    // A mask of zeros leaves the payload as it is.
    write(bytes + std::string(4, '\0') + std::string(payload));
}

void TestSocket::send_text(std::string_view text) const {
    send_frame(0x1, text);
}

TestSocket::Frame TestSocket::receive() {
    while (true) {
        const std::string header = read(2);
        std::size_t length = static_cast<std::uint8_t>(header[1]);
        if (length >= 126) {
            const std::string bytes = read(length == 126 ? 2 : 8);
            length = 0;
            for (const char byte : bytes) length = length << 8 | static_cast<std::uint8_t>(byte);
        }
        Frame frame{header[0] & 0x0f, read(length)};
        if (frame.opcode != 0x9) return frame;
        send_frame(0xa, frame.payload);
    }
}

std::string TestSocket::receive_text() {
    Frame frame = receive();
    if (frame.opcode != 0x1) throw std::runtime_error("frame " + std::to_string(frame.opcode) + " is no text");
    return std::move(frame.payload);
}

Value TestSocket::receive_json() {
    return parse_json(receive_text());
}

Value TestSocket::call(std::string_view method, Object data, Value correlation_id) {
    send_text(write_json(
        Object{{"method", method}, {"data", std::move(data)}, {"correlation_id", std::move(correlation_id)}}));
    return receive_json();
}

int TestSocket::wait_for_close() {
    while (true) {
        const Frame frame = receive();
        if (frame.opcode != 0x8) continue;
        send_frame(0x8, frame.payload);
        ::close(std::exchange(descriptor_, -1));
        return static_cast<std::uint8_t>(frame.payload.at(0)) << 8 | static_cast<std::uint8_t>(frame.payload.at(1));
    }
}

}  // namespace hiratake::test
