#pragma once

#include <string>

namespace hiratake {

/// A file that travels with an Email.
struct Attachment {
    /// The name the reader sees, in UTF-8, without any folder.
    std::string file_name{};
    /// Such as "application/pdf"; left empty it follows from the file name's ending.
    std::string content_type{};
    /// The file's bytes as they are.
    std::string content{};
};

}  // namespace hiratake
