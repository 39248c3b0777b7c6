#include <algorithm>

#include "amqp/content_assembler.hpp"
#include "amqp/dispatch.hpp"
#include "amqp/frame_reader.hpp"
#include "fuzz/require.hpp"

using namespace hiratake;

// The frame reader and the content assembler, as a broker's session runs them: the first octet says how the rest is
// cut into reads.

namespace {

struct Session {
    amqp::ContentAssembler assembler{1U << 16U};
    void on(const amqp::BasicPublish&) { assembler.begin(amqp::BasicPublish::id); }
    template <class Method>
    void on(const Method&) {}
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::size_t step = data[0] + std::size_t{1};
    std::string_view rest{reinterpret_cast<const char*>(data) + 1, size - 1};
    amqp::FrameReader reader;
    Session session;
    std::size_t cut = 0;
    while (!rest.empty()) {
        reader.feed(rest.substr(0, step));
        rest.remove_prefix(std::min(step, rest.size()));
        amqp::Frame frame;
        while (reader.next(frame) == amqp::FrameStatus::frame) {
            cut += frame.payload.size() + amqp::frame_overhead;
            if (frame.type == amqp::FrameType::method && session.assembler.idle()) {
                amqp::dispatch_to_server(frame.payload, session);
            } else if (session.assembler.add(frame) == amqp::ContentStatus::complete) {
                fuzz::require(session.assembler.take_body().size() == session.assembler.announced_size(),
                              "a complete body has the size that its header announced");
            }
        }
    }
    fuzz::require(cut + reader.buffered() == size - 1 || reader.error().code != amqp::FrameErrorCode::none,
                  "every octet is in a frame or waits to be");
    return 0;
}
