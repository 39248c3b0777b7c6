#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client_frames.hpp"
#include "hiratake/base/manual_clock.hpp"
#include "websocket/socket_machine.hpp"

namespace hiratake::websocket {

/// What a frame of the server says, for comparing: "text Hello", "close 1002", "pong".
inline std::string described(std::string_view frame) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(frame[i]); };
    const std::size_t header = byte(1) == 127 ? 10 : byte(1) == 126 ? 4 : 2;
    const std::string payload{frame.substr(header)};
    const auto with = [&](const std::string& name) { return payload.empty() ? name : name + " " + payload; };
    switch (static_cast<Opcode>(byte(0) & 0x0f)) {
        case Opcode::text: return with("text");
        case Opcode::ping: return with("ping");
        case Opcode::pong: return with("pong");
        case Opcode::close:
            return payload.empty() ? "close" : "close " + std::to_string(byte(header) << 8 | byte(header + 1));
        default: return "no frame of a server";
    }
}

/// A machine with a client that reads at once, unless the test says otherwise.
class SocketMachineTest : public testing::Test {
  protected:
    using Lines = std::vector<std::string>;

    /// What the machine writes now, confirmed as written.
    Lines output() {
        Lines lines;
        for (const auto& frame : machine_.take_output()) lines.push_back(described(*frame));
        if (!lines.empty()) machine_.output_written();
        return lines;
    }
    /// What the machine answers to these bytes by itself.
    Lines answer_to(std::string_view bytes) {
        machine_.receive(bytes);
        return output();
    }
    void send(std::string_view text) { machine_.send(encode_frame(Opcode::text, text)); }
    void pass(Duration time) {
        clock_.advance(time);
        machine_.tick();
    }

    Limits limits_{.max_message_bytes = 70'000, .max_queued_bytes = 1000};
    ManualClock clock_;
    SocketMachine machine_{limits_, clock_};
};

}  // namespace hiratake::websocket
