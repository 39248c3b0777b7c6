#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "hiratake/http/request.hpp"
#include "http/limits.hpp"

namespace hiratake::http {

/// Reads one request of HTTP/1.0 or 1.1 from bytes as they come (RFC 9112), strictly: what two programs could
/// understand in two ways is refused, so that nothing can be smuggled past a proxy.
class RequestParser {
  public:
    enum class State {
        header,  ///< More bytes are needed for the header.
        body,    ///< The header is complete and acceptable; more bytes are needed for the body.
        complete,
        failed,  ///< See failure().
    };
    struct Failure {
        int status = 400;
        std::string detail;
    };

    explicit RequestParser(const Limits& limits);
    ~RequestParser();
    RequestParser(RequestParser&&) noexcept;
    RequestParser& operator=(RequestParser&&) noexcept;

    /// Takes as many bytes as it can use now and returns how many. The rest is to be given again, with more behind it,
    /// or belongs to the next request. May be called until complete or failed.
    std::size_t feed(std::string_view bytes);

    State state() const;
    const Failure& failure() const;
    /// Whether the client waits for "100 Continue" before it sends its body. From the body state on.
    bool expects_continue() const;
    /// Whether the client wants the connection kept for another request. When complete.
    bool keep_alive() const;
    /// Whether the request was of HTTP/1.1 rather than 1.0.
    bool is_http_1_1() const;
    bool is_head() const;
    /// Whether the client offers to go on with another protocol. When complete.
    bool asks_for_upgrade() const;
    /// Where the body goes by its rules; null when it stays with the request. From the body state on.
    const std::shared_ptr<UploadContent>& store() const;
    /// Of a body that goes to a store: what has arrived since the last call.
    std::string take_body();
    /// When complete; once.
    Request take_request();

  private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace hiratake::http
