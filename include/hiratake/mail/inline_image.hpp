#pragma once

#include <string>

namespace hiratake {

/// An image shown inside an Email's HTML, where `<img src="cid:CONTENT_ID">` stands.
struct InlineImage {
    /// The name the HTML refers to: letters, digits and `.-_@+`.
    std::string content_id{};
    /// Such as "image/png"; left empty it follows from the file name's ending.
    std::string content_type{};
    /// The image's bytes as they are.
    std::string content{};
    /// The name under which a reader may save it; left empty it is the content id.
    std::string file_name{};
};

}  // namespace hiratake
