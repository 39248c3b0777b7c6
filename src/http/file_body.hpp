#pragma once

#include "http/body_source.hpp"

namespace hiratake::http {

/// The bytes of an open file, read as they are sent. A file that becomes shorter meanwhile breaks the response off.
class FileBody final : public BodySource {
  public:
    /// @param descriptor of a regular file; closed by the destructor
    FileBody(int descriptor, std::uint64_t length) : descriptor_(descriptor), left_(length) {}
    ~FileBody() override;
    FileBody(const FileBody&) = delete;
    FileBody& operator=(const FileBody&) = delete;

    std::optional<std::uint64_t> length() const override { return left_; }
    State read(std::string& out, std::size_t max_bytes) override;
    bool cut(std::uint64_t offset, std::uint64_t length) override;

  private:
    int descriptor_;
    std::uint64_t offset_ = 0;
    std::uint64_t left_;
};

}  // namespace hiratake::http
