#include "http/file_body.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace hiratake::http {

FileBody::~FileBody() {
    ::close(descriptor_);
}

BodySource::State FileBody::read(std::string& out, std::size_t max_bytes) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(max_bytes, left_));
    if (wanted == 0) return State::ended;
    const auto before = out.size();
    out.resize(before + wanted);
    ssize_t count = 0;
    do {
        count = ::pread(descriptor_, out.data() + before, wanted, static_cast<off_t>(offset_));
    } while (count < 0 && errno == EINTR);
    out.resize(before + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (count <= 0) return State::failed;
    offset_ += static_cast<std::uint64_t>(count);
    left_ -= static_cast<std::uint64_t>(count);
    return left_ == 0 ? State::ended : State::more;
}

bool FileBody::cut(std::uint64_t offset, std::uint64_t length) {
    offset_ = offset;
    left_ = length;
    return true;
}

}  // namespace hiratake::http
