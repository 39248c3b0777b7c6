#include "http/upload_content.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "http/storage_error.hpp"

namespace hiratake::http {
namespace {

constexpr std::size_t copied_at_once = 64 * 1024;

[[noreturn]] void fail(std::string_view doing, const std::string& path) {
    const bool is_full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    throw StorageError(fmt::format("cannot {} {}: {}", doing, path, std::generic_category().message(errno)), is_full);
}

void write_all(int file, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail("write to", path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace

StorageError::~StorageError() = default;

UploadContent::~UploadContent() {
    if (file_ >= 0) ::close(file_);
}

void UploadContent::append(std::string_view bytes) {
    if (file_ < 0 && memory_.size() + bytes.size() <= max_memory_bytes_) {
        memory_ += bytes;
    } else {
        if (file_ < 0) open_file();
        write_all(file_, bytes, folder_);
    }
    size_ += bytes.size();
}

void UploadContent::open_file() {
    file_ = ::open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file_ < 0) {
        // A file system that has no files without a name.
        std::string path = folder_ + "/hiratake-upload-XXXXXX";
        file_ = ::mkostemp(path.data(), O_CLOEXEC);
        if (file_ < 0) fail("make a temporary file in", folder_);
        ::unlink(path.c_str());
    }
    write_all(file_, memory_, folder_);
    memory_ = {};
}

std::string UploadContent::read(std::uint64_t offset, std::size_t most_bytes) const {
    if (offset >= size_) return {};
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(most_bytes, size_ - offset));
    if (is_in_memory()) return memory_.substr(static_cast<std::size_t>(offset), count);
    std::string bytes(count, '\0');
    for (std::size_t done = 0; done < count;) {
        const ssize_t got = ::pread(file_, bytes.data() + done, count - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("read a temporary file in", folder_);
        if (got == 0) throw StorageError("a temporary file in " + folder_ + " has become shorter", false);
        done += static_cast<std::size_t>(got);
    }
    return bytes;
}

void UploadContent::write_to(const std::string& path) const {
    if (!is_in_memory()) {
        const std::string open_file = fmt::format("/proc/self/fd/{}", file_);
        if (::linkat(AT_FDCWD, open_file.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) == 0) return;
        if (errno == EEXIST) fail("write", path);
    }
    // In memory, on another file system, or one without links.
    copy_to(path);
}

void UploadContent::copy_to(const std::string& path) const {
    const int target = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (target < 0) fail("write", path);
    try {
        for (std::uint64_t offset = 0; offset < size_; offset += copied_at_once) {
            write_all(target, read(offset, copied_at_once), path);
        }
    } catch (const Error&) {
        ::close(target);
        ::unlink(path.c_str());
        throw;
    }
    if (::close(target) != 0) fail("write", path);
}

}  // namespace hiratake::http
