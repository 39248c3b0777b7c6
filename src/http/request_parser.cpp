#include "http/request_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <utility>

#include "hiratake/base/error.hpp"
#include "http/ascii.hpp"
#include "http/target.hpp"

namespace hiratake::http {
namespace {

namespace beast_http = boost::beast::http;
using BeastError = boost::beast::error_code;

constexpr std::size_t smallest_chunked_end = 5;

std::string_view view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

// Whether bytes begin with "METHOD target HTTP/2.0", of whatever version: well-formed, but not spoken here.
bool has_other_version(std::string_view bytes) {
    const auto line = bytes.substr(0, bytes.find("\r\n"));
    const auto version = line.substr(line.rfind(' ') + 1);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return std::count(line.begin(), line.end(), ' ') == 2 && version.size() == 8 && version.starts_with("HTTP/") &&
           is_digit(version[5]) && version[6] == '.' && is_digit(version[7]);
}

// RFC 9112 section 5.2: obsolete, and read in different ways. Beast joins the lines.
bool has_folded_line(std::string_view header) {
    return header.find("\r\n ") != std::string_view::npos || header.find("\r\n\t") != std::string_view::npos;
}

}  // namespace

class RequestParser::Implementation {
  public:
    explicit Implementation(const Limits& connection_limits) : limits(connection_limits) {
        parser.header_limit(limits.max_header_bytes);
        parser.body_limit(limits.max_body_bytes);
    }

    std::size_t feed(std::string_view bytes);
    void fail(int status, std::string detail) {
        state = State::failed;
        failure = {status, std::move(detail)};
    }

    const Limits& limits;
    beast_http::request_parser<beast_http::string_body> parser;
    State state = State::header;
    Failure failure;
    Request request;
    // These outlast the request, which is taken away to be answered.
    bool is_http_1_1 = false;
    bool is_head = false;
    bool expects_continue = false;

  private:
    std::size_t put(std::string_view bytes, BeastError& error);
    void take_header();
    bool check_framing();
    void explain(BeastError error, std::string_view bytes);

    std::size_t header_bytes_ = 0;
};

std::size_t RequestParser::Implementation::put(std::string_view bytes, BeastError& error) {
    return parser.put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
}

std::size_t RequestParser::Implementation::feed(std::string_view bytes) {
    std::size_t used = 0;
    while (state == State::header || state == State::body) {
        BeastError error;
        const auto rest = bytes.substr(used);
        if (rest.empty()) break;
        // No chunked body ends with less than "0 CRLF CRLF"; given less than that of a last chunk, a debug build of
        // Beast 1.81 fails an assertion.
        if (state == State::body && parser.chunked() && rest.size() < smallest_chunked_end) break;
        const auto length = put(rest, error);
        used += length;
        if (error == beast_http::error::need_more) {
            // Beast counts the request line and the fields apart.
            const auto held = header_bytes_ + bytes.size() - used + length;
            if (state == State::header && held > limits.max_header_bytes)
                explain(beast_http::error::header_limit, rest);
            if (state == State::header) header_bytes_ += length;
            // Beast waits for the whole of a chunk's header, and of the trailers, however long.
            if (state == State::body && bytes.size() - used > limits.max_header_bytes) {
                fail(431,
                     fmt::format("a chunk header or the trailers are larger than {} bytes", limits.max_header_bytes));
            }
            break;
        }
        if (error) {
            explain(error, rest);
            break;
        }
        if (state == State::header) {
            header_bytes_ += length;
            if (has_folded_line(rest.substr(0, length))) {
                fail(400, "a header field is folded over several lines");
                break;
            }
            if (!parser.is_header_done()) continue;
            if (header_bytes_ > limits.max_header_bytes) {
                explain(beast_http::error::header_limit, rest);
                break;
            }
            take_header();
        }
        if (state == State::body && parser.is_done()) {
            request.body = std::move(parser.get().body());
            state = State::complete;
        }
    }
    return used;
}

// What comes in trailers, after the body, is not looked at: it must not change what was checked here.
void RequestParser::Implementation::take_header() {
    const auto& message = parser.get();
    is_http_1_1 = message.version() == 11;
    request.method = std::string(view(message.method_string()));
    request.target = std::string(view(message.target()));
    is_head = request.method == "HEAD";
    for (const auto& field : message.base()) {
        try {
            request.headers.add(std::string(view(field.name_string())), std::string(view(field.value())));
        } catch (const Error&) {
            return fail(400, fmt::format("the header field '{}' is malformed", view(field.name_string())));
        }
    }
    if (!check_framing()) return;
    auto target = parse_target(request.target);
    if (!target) return fail(400, "the request target is malformed");
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    state = State::body;
    // Beast reads on past the header only when asked to; without that it would take a body for the next request.
    parser.eager(true);
}

// RFC 9112 sections 3.2 and 6.1 to 6.3, RFC 9110 section 10.1.1. Conflicts of lengths Beast has refused already.
bool RequestParser::Implementation::check_framing() {
    const auto hosts = request.headers.count("Host");
    if (hosts > 1 || (is_http_1_1 && hosts == 0)) {
        fail(400, "exactly one Host header is needed");
        return false;
    }
    if (const auto* coding = request.headers.find("Transfer-Encoding")) {
        if (!is_http_1_1) {
            fail(400, "HTTP/1.0 has no Transfer-Encoding");
            return false;
        }
        if (request.headers.count("Transfer-Encoding") > 1 || request.headers.contains("Content-Length")) {
            fail(400, "the length of the body is stated twice");
            return false;
        }
        if (!equal_ignoring_case(trimmed(*coding), "chunked")) {
            fail(501, "the only Transfer-Encoding known here is 'chunked'");
            return false;
        }
    }
    const auto* expectation = request.headers.find("Expect");
    if (expectation && is_http_1_1) {
        if (!equal_ignoring_case(*expectation, "100-continue")) {
            fail(417, "the only expectation known here is '100-continue'");
            return false;
        }
        expects_continue = true;
    }
    return true;
}

void RequestParser::Implementation::explain(BeastError error, std::string_view bytes) {
    if (error == beast_http::error::header_limit) {
        if (header_bytes_ == 0 && bytes.substr(0, limits.max_header_bytes).find("\r\n") == std::string_view::npos) {
            return fail(414, fmt::format("the request line is longer than {} bytes", limits.max_header_bytes));
        }
        return fail(431, fmt::format("the header is larger than {} bytes", limits.max_header_bytes));
    }
    if (error == beast_http::error::body_limit) {
        return fail(413, fmt::format("the body is larger than {} bytes", limits.max_body_bytes));
    }
    if (error == beast_http::error::bad_version && has_other_version(bytes))
        return fail(505, "this server speaks HTTP/1.1 and HTTP/1.0");
    fail(400, fmt::format("the request is malformed: {}", error.message()));
}

RequestParser::RequestParser(const Limits& limits) : implementation_(std::make_unique<Implementation>(limits)) {}
RequestParser::~RequestParser() = default;
RequestParser::RequestParser(RequestParser&&) noexcept = default;
RequestParser& RequestParser::operator=(RequestParser&&) noexcept = default;

std::size_t RequestParser::feed(std::string_view bytes) {
    return implementation_->feed(bytes);
}

RequestParser::State RequestParser::state() const {
    return implementation_->state;
}

const RequestParser::Failure& RequestParser::failure() const {
    return implementation_->failure;
}

bool RequestParser::expects_continue() const {
    return implementation_->expects_continue;
}

bool RequestParser::keep_alive() const {
    return implementation_->parser.keep_alive();
}

bool RequestParser::is_http_1_1() const {
    return implementation_->is_http_1_1;
}

// HTTP/1.0 has no Upgrade (RFC 9110 section 7.8).
bool RequestParser::asks_for_upgrade() const {
    return implementation_->is_http_1_1 && implementation_->parser.upgrade();
}

bool RequestParser::is_head() const {
    return implementation_->is_head;
}

Request RequestParser::take_request() {
    return std::move(implementation_->request);
}

}  // namespace hiratake::http
