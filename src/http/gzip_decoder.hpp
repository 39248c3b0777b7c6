#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace hiratake::http {

/// Reads gzip (RFC 1952) in pieces, with a bound on what comes out: a few bytes can stand for many.
class GzipDecoder {
  public:
    enum class Outcome { ok, malformed, too_large };

    GzipDecoder();
    ~GzipDecoder();

    /// Appends to `out` what the next bytes stand for, and stops soon behind `most_bytes` of it. Not to be called again
    /// after an outcome other than ok.
    Outcome decode(std::string_view bytes, std::string& out, std::uint64_t most_bytes);
    /// Whether it may end here.
    bool is_complete() const { return is_complete_; }

  private:
    struct Stream;

    std::unique_ptr<Stream> stream_;
    bool is_complete_ = false;
};

}  // namespace hiratake::http
