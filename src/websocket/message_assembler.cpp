#include "websocket/message_assembler.hpp"

#include <utility>

namespace hiratake::websocket {

std::optional<Message> MessageAssembler::add(Frame frame) {
    const bool continues = frame.opcode == Opcode::continuation;
    if (continues && !has_begun_) return fail(CloseCode::protocol_error, "there is no message to continue");
    if (!continues && has_begun_) return fail(CloseCode::protocol_error, "a message begins inside another one");
    if (!continues) {
        message_ = {frame.opcode == Opcode::text, {}};
        text_ = {};
    }
    const bool is_valid = !message_.is_text || (text_.add(frame.payload) && (!frame.is_final || text_.is_complete()));
    if (!is_valid) return fail(CloseCode::invalid_data, "a text is not UTF-8");
    if (continues) {
        message_.payload += frame.payload;
    } else {
        message_.payload = std::move(frame.payload);
    }
    has_begun_ = !frame.is_final;
    if (has_begun_) return std::nullopt;
    return std::exchange(message_, {});
}

std::optional<Message> MessageAssembler::fail(CloseCode code, std::string reason) {
    failure_ = Failure{code, std::move(reason)};
    return std::nullopt;
}

}  // namespace hiratake::websocket
