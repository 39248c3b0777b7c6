#pragma once

#include <cstdint>
#include <memory>

namespace hiratake::http {

class UploadContent;

/// What becomes of the body of one request.
struct BodyRules {
    /// Decoded, and as it was sent. Beyond: 413, and close.
    std::uint64_t max_bytes = 0;
    /// Takes the body in place of Request::body, where there is one.
    std::shared_ptr<UploadContent> store = nullptr;
};

}  // namespace hiratake::http
