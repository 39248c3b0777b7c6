#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "amqp/frame.hpp"
#include "amqp/method_id.hpp"

namespace hiratake::amqp {

/// What is wrong with the order or the inside of the frames of a channel. The names say what the peer is to be told.
enum class ContentError {
    none,
    method_expected,             ///< a header or body where a method is due: 505
    header_expected,             ///< another frame where the content header is due: 505
    header_of_another_class,     ///< a content header of a class other than the method's: 505
    malformed_header,            ///< a content header that is too short, or of a weight other than 0: 501
    body_expected,               ///< another frame where the body is due: 505
    body_longer_than_announced,  ///< more body than the header said: 501
    message_too_large,           ///< the header announces more than max_message_size: 406 or 311, a channel error
};

/// A readable phrase: "a content header of another class".
std::string_view to_text(ContentError error);

/// A complete content. The views hold until the assembler's next call and, for the body of a single frame, no longer
/// than that frame's payload.
struct Content {
    std::string_view properties;  ///< encoded: flags and properties
    std::string_view body;
};

/// What ContentAssembler::add() came to.
enum class ContentStatus { incomplete, complete, error };

/// Gathers the header and the body frames that follow a method with content, for one channel. A body that came in one
/// frame is handed out where it lies; one that came in several is joined in a buffer that grows with what came, never
/// with what was announced.
class ContentAssembler {
  public:
    /// @param max_message_size the largest body to take, in bytes
    explicit ContentAssembler(std::uint64_t max_message_size) : max_message_size_(max_message_size) {}

    /// No content is under way: a method is due. Otherwise every frame of the channel goes to add().
    bool idle() const { return state_ == State::idle; }
    /// A method with content came (its own strings are the caller's to keep: see OwnedMethod).
    void begin(MethodId method);
    /// The channel's next frame.
    ContentStatus add(const Frame& frame);

    /// After ContentStatus::complete, until the next begin().
    const Content& content() const { return content_; }
    /// The complete body as a string of its own: moved where it was joined, copied where it came in one frame.
    std::string take_body();

    /// After ContentStatus::error. The assembler is idle again.
    ContentError error() const { return error_; }
    /// The method that began the content, for the error's class_id and method_id.
    MethodId method() const { return method_; }
    /// The class of the last header, for ContentError::header_of_another_class.
    std::uint16_t header_class() const { return header_class_; }
    /// The body size that the last header announced, for ContentError::message_too_large.
    std::uint64_t announced_size() const { return announced_size_; }

    /// Forgets what is under way: the channel has closed.
    void reset();

  private:
    enum class State { idle, header_due, body_due };

    ContentStatus add_header(const Frame& frame);
    ContentStatus add_body(const Frame& frame);
    ContentStatus complete(std::string_view body);
    ContentStatus fail(ContentError error);

    State state_ = State::idle;
    std::uint64_t max_message_size_;
    std::uint64_t announced_size_ = 0;
    MethodId method_;
    std::uint16_t header_class_ = 0;
    ContentError error_ = ContentError::none;
    std::string properties_;
    std::string joined_;
    Content content_;
};

}  // namespace hiratake::amqp
