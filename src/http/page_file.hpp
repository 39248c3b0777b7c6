#pragma once

#include <span>
#include <string>
#include <string_view>

namespace hiratake::http {

/// A file of the documentation pages that is part of the program, compressed with gzip when the program was built.
struct PageFile {
    /// Where the server has it: "/apidocs/swagger-ui.css".
    std::string_view path;
    std::string_view media_type;
    std::string_view gzip;

    /// Changes with the file's contents; in quotes, weak (RFC 9110 section 8.8.3).
    std::string entity_tag() const;
    std::string decompressed() const;
};

/// All of them. A program has them only if it refers to this function, as one with routes does.
std::span<const PageFile> page_files();

}  // namespace hiratake::http
