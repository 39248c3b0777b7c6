#pragma once

#include <memory>
#include <optional>
#include <string>

#include "hiratake/http/request.hpp"
#include "hiratake/http/response.hpp"

namespace hiratake::http {

/// What a GET or HEAD request makes its response depend on: preconditions (RFC 9110 section 13) and a range (section
/// 14). They are held against the ETag, Last-Modified and Accept-Ranges of the response, whoever has set them.
class RequestConditions {
  public:
    /// Null for a request without any.
    static std::unique_ptr<RequestConditions> of(const Request& request);

    /// Turns a 200 into 304, 412, 206 or 416 where the conditions ask for it. From any thread.
    void apply(Response& response) const;

  private:
    bool is_met_by(Response& response) const;
    void apply_range(Response& response) const;
    bool range_is_current(const Response& response) const;

    std::optional<std::string> if_match_;
    std::optional<std::string> if_none_match_;
    std::optional<std::string> if_modified_since_;
    std::optional<std::string> if_unmodified_since_;
    std::optional<std::string> if_range_;
    std::optional<std::string> range_;
};

}  // namespace hiratake::http
