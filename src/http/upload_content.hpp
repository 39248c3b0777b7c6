#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/form_limits.hpp"

namespace hiratake::http {

/// The bytes of an uploaded file: in memory, and from a certain size on in a temporary file without a name, which
/// vanishes with the process at the latest. Errors of the file system are thrown as StorageError.
class UploadContent {
  public:
    explicit UploadContent(const FormLimits& limits)
        : max_memory_bytes_(limits.max_upload_memory_bytes), folder_(limits.upload_folder) {}
    UploadContent(const UploadContent&) = delete;
    UploadContent& operator=(const UploadContent&) = delete;
    ~UploadContent();

    void append(std::string_view bytes);

    std::uint64_t size() const { return size_; }
    bool is_in_memory() const { return file_ < 0; }
    std::string read(std::uint64_t offset, std::size_t most_bytes) const;
    /// Throws when there is something at the path.
    void write_to(const std::string& path) const;

  private:
    void open_file();
    void copy_to(const std::string& path) const;

    std::size_t max_memory_bytes_;
    std::string folder_;
    std::string memory_;
    int file_ = -1;
    std::uint64_t size_ = 0;
};

}  // namespace hiratake::http
