#pragma once

#include <string>
#include <utility>

#include "http/body_source.hpp"

namespace hiratake::http {

/// A body in memory that is too large to be written at once.
class TextBody final : public BodySource {
  public:
    explicit TextBody(std::string text) : text_(std::move(text)) {}

    std::optional<std::uint64_t> length() const override { return text_.size(); }
    State read(std::string& out, std::size_t max_bytes) override {
        out.append(text_, read_, max_bytes);
        read_ = std::min(read_ + max_bytes, text_.size());
        return read_ == text_.size() ? State::ended : State::more;
    }

  private:
    std::string text_;
    std::size_t read_ = 0;
};

}  // namespace hiratake::http
