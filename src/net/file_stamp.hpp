#pragma once

#include <cstdint>
#include <string>

namespace hiratake::net {

/// What tells a file that was written or put in place anew from the one before. All zero where there is none.
struct FileStamp {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t size = 0;
    std::int64_t modified_seconds = 0;
    std::int64_t modified_nanoseconds = 0;

    /// Follows symbolic links, which certificate managers exchange.
    static FileStamp of(const std::string& path);
    friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

}  // namespace hiratake::net
