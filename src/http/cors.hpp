#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hiratake/http/request.hpp"
#include "hiratake/http/response.hpp"
#include "hiratake/service/config.hpp"

namespace hiratake::http {

/// Which pages of other origins may call this server from a browser: the CORS protocol (WHATWG Fetch, section 3.2), as
/// `http.cors` says. Without that section no other origin may.
class Cors {
  public:
    /// Throws ConfigurationError, also for credentials together with the origin "*", which browsers refuse.
    explicit Cors(const Config& config);

    /// Adds to the headers of the answer, whatever it is, what lets the page read it.
    void allow(const Request& request, Headers& answer_headers) const;
    /// Adds to the answer of an OPTIONS request, if it asks for a page whether it may send another request.
    /// @param path_methods what the path takes: "GET, HEAD"
    void answer_preflight(const Request& request, const std::string& path_methods, Response& response) const;

  private:
    bool is_on() const { return !origins_.empty(); }
    bool allows_any() const;
    /// The origin, if it is one that is allowed.
    const std::string* allowed_origin(const Request& request) const;

    std::vector<std::string> origins_;
    std::string methods_;
    std::string headers_;
    std::string exposed_headers_;
    bool credentials_ = false;
    std::int64_t max_age_s_ = 600;
};

}  // namespace hiratake::http
