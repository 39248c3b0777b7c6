#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace hiratake::http {

class UploadContent;

/// A file that a client has sent with a form, or as a whole body. Its content is in memory, or in a temporary file when
/// it is large; it is gone with the last copy of this, unless it has been moved to a place of its own.
class UploadedFile {
  public:
    /// @param filename without folders
    UploadedFile(std::string filename, std::string content_type, std::shared_ptr<const UploadContent> content);

    /// What the client calls the file, without folders: a text to show, not one to build a path from. May be empty, and
    /// is for a whole body.
    const std::string& filename() const { return filename_; }
    /// What the client takes it for: "image/png"; it may be wrong. "application/octet-stream" where it is not stated.
    const std::string& content_type() const { return content_type_; }
    /// In bytes.
    std::uint64_t size() const;

    /// All of it. Throws Error when it cannot be read.
    std::string read() const;
    /// So many bytes from there on, fewer at the end.
    std::string read(std::uint64_t offset, std::size_t most_bytes) const;
    /// Puts the file there, readable and writable for the user of this process. Throws Error when there is something
    /// already, or when it cannot be written.
    void move_to(const std::string& path) const;

  private:
    std::string filename_;
    std::string content_type_;
    // Shared between the copies of this; never changes.
    std::shared_ptr<const UploadContent> content_;
};

}  // namespace hiratake::http
