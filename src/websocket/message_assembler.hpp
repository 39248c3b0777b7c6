#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "websocket/failure.hpp"
#include "websocket/frame.hpp"
#include "websocket/utf8_checker.hpp"

namespace hiratake::websocket {

struct Message {
    bool is_text = true;
    std::string payload;
};

/// Puts the fragments of messages together (RFC 6455 section 5.4), and checks that texts are UTF-8.
class MessageAssembler {
  public:
    /// Takes a frame of data. Returns the message when this was its last one; nothing otherwise, and after a failure().
    std::optional<Message> add(Frame frame);
    const std::optional<Failure>& failure() const { return failure_; }
    /// What the fragments so far hold.
    std::size_t size() const { return message_.payload.size(); }

  private:
    std::optional<Message> fail(CloseCode code, std::string reason);

    Message message_;
    bool has_begun_ = false;
    Utf8Checker text_;
    std::optional<Failure> failure_;
};

}  // namespace hiratake::websocket
