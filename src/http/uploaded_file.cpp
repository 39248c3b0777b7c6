#include "hiratake/http/uploaded_file.hpp"

#include <utility>

#include "http/upload_content.hpp"

namespace hiratake::http {

UploadedFile::UploadedFile(std::string filename, std::string content_type, std::shared_ptr<const UploadContent> content)
    : filename_(std::move(filename)), content_type_(std::move(content_type)), content_(std::move(content)) {}

std::uint64_t UploadedFile::size() const {
    return content_->size();
}

std::string UploadedFile::read() const {
    return content_->read(0, static_cast<std::size_t>(size()));
}

std::string UploadedFile::read(std::uint64_t offset, std::size_t most_bytes) const {
    return content_->read(offset, most_bytes);
}

void UploadedFile::move_to(const std::string& path) const {
    content_->write_to(path);
}

}  // namespace hiratake::http
