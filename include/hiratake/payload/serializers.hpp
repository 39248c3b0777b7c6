#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/payload/content_error.hpp"
#include "hiratake/payload/serializer.hpp"

namespace hiratake {

/// Which serializers a service knows, which of them it sends with, and whose content types it accepts.
class Serializers {
  public:
    /// Knows json, msgpack and raw, sends and accepts json.
    Serializers();

    /// Makes one more known; one of the same name is replaced.
    void add(Serializer serializer);
    /// Nameko's configuration keys `serializer` and `ACCEPT`. An empty `accept` means the one that is sent with.
    /// Throws ConfigurationError for a name that is not known.
    void configure(std::string_view serializer, std::vector<std::string> accept);

    /// The one to send with.
    const Serializer& outgoing() const { return known_[outgoing_]; }
    /// The one to send calls with: that for sending, but json in place of raw, which has no form for an envelope.
    const Serializer& for_calls() const;
    /// The one to answer a call in kind with: that of its content type, or for_calls() where no other will do.
    const Serializer& for_answer_to(std::optional<std::string_view> content_type) const;
    /// The one of this content type, accepted or not, or null.
    const Serializer* for_content_type(std::string_view content_type) const;

    /// The value in a body. The content type must be exactly, letter by letter, that of an accepted serializer; but
    /// application/data, application/text and no content type at all are always taken and yield the body as a string,
    /// and so does an empty body. Throws ContentError.
    Value decode(std::optional<std::string_view> content_type, std::optional<std::string_view> content_encoding,
                 std::string_view body) const;

    /// Whether decode() would read a body by a serializer that is known to be JSON (Serializer::is_json()).
    bool would_read_json(std::optional<std::string_view> content_type,
                         std::optional<std::string_view> content_encoding) const;

  private:
    const Serializer* accepted_for(std::string_view content_type) const;
    std::size_t index_of(std::string_view name) const;

    std::vector<Serializer> known_;
    std::size_t outgoing_ = 0;
    std::vector<std::size_t> accepted_{0};
};

}  // namespace hiratake
