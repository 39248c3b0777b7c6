#include "http/request_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <utility>

#include "hiratake/base/error.hpp"
#include "http/ascii.hpp"
#include "http/gzip_decoder.hpp"
#include "http/target.hpp"
#include "http/text_list.hpp"

namespace hiratake::http {
namespace {

namespace beast_http = boost::beast::http;
using BeastError = boost::beast::error_code;

constexpr std::size_t smallest_chunked_end = 5;

// What has arrived of a body. Beast's string_body would set aside the whole length that a client only promises.
struct ArrivedBody {
    using value_type = std::string;

    class reader {
      public:
        template <bool is_request, class Fields>
        reader(beast_http::header<is_request, Fields>&, value_type& body) : body_(body) {}
        void init(const boost::optional<std::uint64_t>&, BeastError& error) { error = {}; }
        template <class Buffers>
        std::size_t put(const Buffers& buffers, BeastError& error) {
            error = {};
            std::size_t length = 0;
            for (const boost::asio::const_buffer piece : boost::beast::buffers_range_ref(buffers)) {
                body_.append(static_cast<const char*>(piece.data()), piece.size());
                length += piece.size();
            }
            return length;
        }
        void finish(BeastError& error) { error = {}; }

      private:
        value_type& body_;
    };
};

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
        parser.body_limit(boost::none);  // It is known when the header is there.
    }

    std::size_t feed(std::string_view bytes);
    void fail(int status, std::string detail) {
        state = State::failed;
        failure = {status, std::move(detail)};
    }

    const Limits& limits;
    beast_http::request_parser<ArrivedBody> parser;
    State state = State::header;
    Failure failure;
    Request request;
    BodyRules body_rules;
    // These outlast the request, which is taken away to be answered.
    bool is_http_1_1 = false;
    bool is_head = false;
    bool keeps_alive = false;
    bool asks_for_upgrade = false;
    bool expects_continue = false;

  private:
    std::size_t put(std::string_view bytes, BeastError& error);
    void take_header();
    bool check_framing();
    void take_connection_options();
    bool take_target();
    void prepare_body();
    void collect_body();
    void decode(std::string_view piece);
    void end_body();
    void refuse_size();
    void explain(BeastError error, std::string_view bytes);

    std::size_t header_bytes_ = 0;
    // Of a body in gzip.
    std::unique_ptr<GzipDecoder> decoder_;
    std::uint64_t decoded_bytes_ = 0;
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
        if (state == State::body) collect_body();
        if (state == State::body && parser.is_done()) end_body();
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
    take_connection_options();
    if (!take_target()) return fail(400, "the request target is malformed");
    state = State::body;
    prepare_body();
    // Beast reads on past the header only when asked to; without that it would take a body for the next request.
    parser.eager(true);
}

// RFC 9112 section 9.3, RFC 9110 section 7.8. Beast would listen to Proxy-Connection, too, which is no standard.
void RequestParser::Implementation::take_connection_options() {
    const auto has = [this](std::string_view option) { return lists(request.headers, "Connection", option); };
    keeps_alive = !has("close") && (is_http_1_1 || has("keep-alive"));
    asks_for_upgrade = is_http_1_1 && has("upgrade") && request.headers.contains("Upgrade");
}

// RFC 9112 section 3.2.
bool RequestParser::Implementation::take_target() {
    if (request.target == "*") {
        request.path = request.target;
        return request.method == "OPTIONS";
    }
    const auto is_ascii = [](char c) { return c > ' ' && c < 0x7f; };
    if (!std::all_of(request.target.begin(), request.target.end(), is_ascii)) return false;
    auto target = parse_target(request.target);
    if (!target || request.method == "CONNECT") return false;
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    if (!target->authority.empty()) request.headers.set("Host", std::move(target->authority));
    return true;
}

void RequestParser::Implementation::prepare_body() {
    const auto length = parser.content_length();
    if (!length && !parser.chunked()) return;
    body_rules = limits.body_rules ? limits.body_rules(request) : BodyRules{limits.max_body_bytes};
    request.stored_body = body_rules.store;
    if (length.value_or(0) > body_rules.max_bytes) return refuse_size();
    parser.body_limit(body_rules.max_bytes);
    const auto* coding = request.headers.find("Content-Encoding");
    if (!coding || request.headers.count("Content-Encoding") > 1) return;
    const auto name = to_lower(trimmed(*coding));
    if (name == "gzip" || name == "x-gzip") decoder_ = std::make_unique<GzipDecoder>();
    if (decoder_ || name == "identity") request.headers.erase("Content-Encoding");
}

// Takes from Beast what it has read.
void RequestParser::Implementation::collect_body() {
    std::string& arrived = parser.get().body();
    if (arrived.empty()) return;
    if (decoder_) {
        decode(arrived);
    } else if (request.body.empty()) {
        request.body.swap(arrived);
    } else {
        request.body += arrived;
    }
    arrived.clear();
}

void RequestParser::Implementation::decode(std::string_view piece) {
    const auto before = request.body.size();
    switch (decoder_->decode(piece, request.body, body_rules.max_bytes - decoded_bytes_)) {
        case GzipDecoder::Outcome::ok: decoded_bytes_ += request.body.size() - before; break;
        case GzipDecoder::Outcome::malformed: return fail(400, "the body is not in gzip, as its Content-Encoding says");
        case GzipDecoder::Outcome::too_large: return refuse_size();
    }
}

void RequestParser::Implementation::end_body() {
    if (decoder_ && !decoder_->is_complete()) return fail(400, "the body ends in the middle of its gzip");
    state = State::complete;
}

void RequestParser::Implementation::refuse_size() {
    fail(413, fmt::format("the body is larger than {} bytes", body_rules.max_bytes));
}

// RFC 9112 sections 3.2 and 6.1 to 6.3, RFC 9110 section 10.1.1. Conflicts of lengths Beast has refused already.
bool RequestParser::Implementation::check_framing() {
    const auto hosts = request.headers.count("Host");
    if (hosts > 1 || (is_http_1_1 && hosts == 0)) {
        fail(400, "exactly one Host header is needed");
        return false;
    }
    if (hosts == 1 && !is_host(*request.headers.find("Host"))) {
        fail(400, "the Host header names no host");
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
    if (error == beast_http::error::body_limit) return refuse_size();
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
    return implementation_->keeps_alive;
}

bool RequestParser::is_http_1_1() const {
    return implementation_->is_http_1_1;
}

bool RequestParser::asks_for_upgrade() const {
    return implementation_->asks_for_upgrade;
}

bool RequestParser::is_head() const {
    return implementation_->is_head;
}

const std::shared_ptr<UploadContent>& RequestParser::store() const {
    return implementation_->body_rules.store;
}

std::string RequestParser::take_body() {
    return std::exchange(implementation_->request.body, {});
}

Request RequestParser::take_request() {
    return std::move(implementation_->request);
}

}  // namespace hiratake::http
