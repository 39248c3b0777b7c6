#include <algorithm>
#include <cstdint>
#include <string_view>

#include "fuzz/require.hpp"
#include "hiratake/base/manual_clock.hpp"
#include "websocket/socket_machine.hpp"
#include "websocket/utf8_checker.hpp"

using namespace hiratake;

// What a WebSocket client sends, to a service that answers each message with its own text: the first octet says how the
// rest is cut into reads.

namespace {

constexpr websocket::Limits limits{.max_message_bytes = 4096, .max_queued_bytes = 8192};

void answer(websocket::SocketMachine& machine) {
    const auto message = machine.take_message();
    if (!message) return;
    fuzz::require(message->payload.size() <= limits.max_message_bytes, "a message is within its limit");
    fuzz::require(!message->is_text || websocket::is_utf8(message->payload), "a text is UTF-8");
    machine.send(websocket::encode_frame(websocket::Opcode::text, message->payload));
    machine.message_handled();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::size_t step = data[0] + std::size_t{1};
    std::string_view rest{reinterpret_cast<const char*>(data) + 1, size - 1};
    const ManualClock clock;
    websocket::SocketMachine machine{limits, clock};
    while (!rest.empty() && machine.wants_input()) {
        machine.receive(rest.substr(0, step));
        rest.remove_prefix(std::min(step, rest.size()));
        answer(machine);
        for (const auto& frame : machine.take_output()) fuzz::require(frame->size() >= 2, "a frame has a header");
        machine.output_written();
    }
    machine.receive_end();
    fuzz::require(machine.is_finished(), "nothing is left when the client has gone and taken everything");
    return 0;
}
