// Response::file() and Response::file_below().
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/http/http_error.hpp"
#include "hiratake/http/response.hpp"
#include "http/ascii.hpp"
#include "http/file_body.hpp"
#include "http/http_date.hpp"

namespace hiratake::http {
namespace {

// A pipe or a device must not keep the worker that opens it: what is no regular file is refused after opening.
constexpr int open_flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

constexpr std::array<std::pair<std::string_view, const char*>, 24> media_types{{
    {"avif", "image/avif"},
    {"css", "text/css; charset=utf-8"},
    {"csv", "text/csv; charset=utf-8"},
    {"gif", "image/gif"},
    {"gz", "application/gzip"},
    {"htm", "text/html; charset=utf-8"},
    {"html", "text/html; charset=utf-8"},
    {"ico", "image/vnd.microsoft.icon"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"js", "text/javascript; charset=utf-8"},
    {"json", "application/json"},
    {"md", "text/markdown; charset=utf-8"},
    {"mjs", "text/javascript; charset=utf-8"},
    {"mp4", "video/mp4"},
    {"pdf", "application/pdf"},
    {"png", "image/png"},
    {"svg", "image/svg+xml"},
    {"txt", "text/plain; charset=utf-8"},
    {"wasm", "application/wasm"},
    {"webp", "image/webp"},
    {"woff2", "font/woff2"},
    {"xml", "application/xml"},
    {"zip", "application/zip"},
}};

std::string media_type_of(std::string_view path) {
    const auto name = path.substr(path.rfind('/') + 1);
    const auto dot = name.rfind('.');
    const auto extension = dot == std::string_view::npos ? std::string{} : to_lower(name.substr(dot + 1));
    const auto* found = std::find_if(media_types.begin(), media_types.end(),
                                     [&](const auto& entry) { return entry.first == extension; });
    return found == media_types.end() ? "application/octet-stream" : found->second;
}

[[noreturn]] void refuse(const std::string& path, int error) {
    switch (error) {
        case ENOENT:
        case ENOTDIR:
        case ENAMETOOLONG:
        case ELOOP: throw HttpError(404, "there is no such file");
        case EACCES: throw HttpError(403, "this file cannot be read");
        default: throw Error(fmt::format("cannot open {}: {}", path, std::generic_category().message(error)));
    }
}

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }

    int get() const { return number_; }
    int release() { return std::exchange(number_, -1); }

  private:
    int number_;
};

Descriptor opened(int folder, const std::string& name, int flags, const std::string& path) {
    Descriptor descriptor(::openat(folder, name.c_str(), flags));
    if (descriptor.get() < 0) refuse(path, errno);
    return descriptor;
}

Response response_of(Descriptor descriptor, const std::string& path) {
    struct stat state {};
    if (::fstat(descriptor.get(), &state) != 0) refuse(path, errno);
    if (!S_ISREG(state.st_mode)) refuse(path, ENOENT);
    const auto size = static_cast<std::uint64_t>(state.st_size);
    const auto modified = std::chrono::seconds{state.st_mtim.tv_sec};
    Response response{200,
                      {{"Content-Type", media_type_of(path)},
                       {"Last-Modified", http_date(WallTime{modified})},
                       {"ETag", fmt::format("\"{:x}-{:x}-{:x}.{:x}\"", state.st_ino, size, state.st_mtim.tv_sec,
                                            state.st_mtim.tv_nsec)},
                       {"Accept-Ranges", "bytes"}},
                      {}};
    response.streamed_body = std::make_shared<FileBody>(descriptor.release(), size);
    return response;
}

}  // namespace

Response Response::file(const std::string& path) {
    return response_of(opened(AT_FDCWD, path, open_flags, path), path);
}

// Folder by folder, each opened relative to the one before and none through a symbolic link, so that nothing can be
// exchanged between a check and its use.
Response Response::file_below(const std::string& root, std::string_view relative_path) {
    const std::string path = root + "/" + std::string(relative_path);
    Descriptor folder(::open(root.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY));
    if (folder.get() < 0) {
        throw Error(fmt::format("cannot open the folder {}: {}", root, std::generic_category().message(errno)));
    }
    auto rest = relative_path;
    while (true) {
        const auto slash = rest.find('/');
        const std::string name(rest.substr(0, slash));
        const bool is_name = !name.empty() && name != "." && name != ".." && name.find('\0') == std::string::npos;
        if (!is_name) refuse(path, ENOENT);
        if (slash == std::string_view::npos) {
            return response_of(opened(folder.get(), name, open_flags | O_NOFOLLOW, path), path);
        }
        folder = opened(folder.get(), name, O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW, path);
        rest.remove_prefix(slash + 1);
    }
}

}  // namespace hiratake::http
