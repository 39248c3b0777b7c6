#include "http/request_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <optional>
#include <utility>

#include "http/ascii.hpp"
#include "http/chunked_decoder.hpp"
#include "http/gzip_decoder.hpp"
#include "http/header_end.hpp"
#include "http/header_parser.hpp"
#include "http/target.hpp"
#include "http/text_list.hpp"

namespace hiratake::http {
namespace {

namespace beast_http = boost::beast::http;
using BeastError = boost::beast::error_code;

// Whether bytes begin with "METHOD target HTTP/2.0", of whatever version: well-formed, but not spoken here.
bool has_other_version(std::string_view bytes) {
    const auto line = bytes.substr(0, bytes.find("\r\n"));
    const auto version = line.substr(line.rfind(' ') + 1);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return std::count(line.begin(), line.end(), ' ') == 2 && version.size() == 8 && version.starts_with("HTTP/") &&
           is_digit(version[5]) && version[6] == '.' && is_digit(version[7]);
}

}  // namespace

class RequestParser::Implementation {
  public:
    explicit Implementation(const Limits& connection_limits) : limits(connection_limits), parser(request) {}

    std::size_t feed(std::string_view bytes);
    void fail(int status, std::string detail) {
        state = State::failed;
        failure = {status, std::move(detail)};
    }

    const Limits& limits;
    Request request;
    HeaderParser parser;
    State state = State::header;
    Failure failure;
    BodyRules body_rules;
    // These outlast the request, which is taken away to be answered.
    bool is_head = false;
    bool keeps_alive = false;
    bool asks_for_upgrade = false;
    bool expects_continue = false;

  private:
    bool header_has_come(std::string_view bytes);
    void read_header(std::string_view bytes);
    std::size_t read_body(std::string_view bytes);
    bool read_length(std::string_view& bytes, std::string& body);
    bool read_chunks(std::string_view& bytes, std::string& body);
    void take_header();
    bool check_framing();
    void take_connection_options();
    bool take_target();
    void prepare_body();
    void decode_body();
    void end_body();
    void refuse_size();
    void explain(BeastError error, std::string_view bytes);

    HeaderEnd header_end_;
    // Of a body that is framed by its length, and by chunks.
    std::uint64_t bytes_left_ = 0;
    std::optional<ChunkedDecoder> chunks_;
    // Of a body in gzip: what has come of it and is not decoded yet.
    std::string encoded_;
    std::unique_ptr<GzipDecoder> decoder_;
    std::uint64_t decoded_bytes_ = 0;
};

std::size_t RequestParser::Implementation::feed(std::string_view bytes) {
    std::size_t used = 0;
    if (state == State::header && header_has_come(bytes)) {
        used = header_end_.position();
        read_header(bytes.substr(0, used));
    }
    if (state == State::body) used += read_body(bytes.substr(used));
    return used;
}

bool RequestParser::Implementation::header_has_come(std::string_view bytes) {
    const auto outcome = header_end_.look(bytes.substr(0, limits.max_header_bytes));
    switch (outcome) {
        case HeaderEnd::Outcome::found: return true;
        case HeaderEnd::Outcome::incomplete: break;
        case HeaderEnd::Outcome::malformed_start: fail(400, "this is not HTTP/1.1"); break;
        case HeaderEnd::Outcome::malformed_line:
            fail(400, "a line of the header ends without a carriage return");
            break;
        case HeaderEnd::Outcome::folded_line: fail(400, "a header field is folded over several lines"); break;
    }
    if (outcome == HeaderEnd::Outcome::incomplete && bytes.size() >= limits.max_header_bytes) {
        if (header_end_.has_first_line()) {
            fail(431, fmt::format("the header is larger than {} bytes", limits.max_header_bytes));
        } else {
            fail(414, fmt::format("the request line is longer than {} bytes", limits.max_header_bytes));
        }
    }
    return false;
}

void RequestParser::Implementation::read_header(std::string_view bytes) {
    BeastError error;
    for (std::size_t used = 0; !error && !parser.is_done();) {
        used += parser.put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), error);
    }
    if (error) return explain(error, bytes);
    take_header();
}

std::size_t RequestParser::Implementation::read_body(std::string_view bytes) {
    auto rest = bytes;
    std::string& body = decoder_ ? encoded_ : request.body;
    const bool is_complete = chunks_ ? read_chunks(rest, body) : read_length(rest, body);
    if (decoder_ && state == State::body) decode_body();
    if (is_complete && state == State::body) end_body();
    return bytes.size() - rest.size();
}

bool RequestParser::Implementation::read_length(std::string_view& bytes, std::string& body) {
    const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(bytes_left_, bytes.size()));
    body.append(bytes.substr(0, length));
    bytes.remove_prefix(length);
    bytes_left_ -= length;
    return bytes_left_ == 0;
}

bool RequestParser::Implementation::read_chunks(std::string_view& bytes, std::string& body) {
    switch (chunks_->decode(bytes, body)) {
        case ChunkedDecoder::Outcome::incomplete: return false;
        case ChunkedDecoder::Outcome::complete: return true;
        case ChunkedDecoder::Outcome::malformed: fail(400, "the chunks of the body are malformed"); return false;
        case ChunkedDecoder::Outcome::too_large: refuse_size(); return false;
        case ChunkedDecoder::Outcome::framing_too_long:
            fail(431, fmt::format("a chunk header or the trailers are larger than {} bytes", limits.max_header_bytes));
            return false;
    }
    return false;
}

void RequestParser::Implementation::take_header() {
    is_head = request.method == "HEAD";
    if (!check_framing()) return;
    take_connection_options();
    if (!take_target()) return fail(400, "the request target is malformed");
    state = State::body;
    prepare_body();
}

// RFC 9112 section 9.3, RFC 9110 section 7.8. Beast would listen to Proxy-Connection, too, which is no standard.
void RequestParser::Implementation::take_connection_options() {
    const auto has = [this](std::string_view option) { return lists(request.headers, "Connection", option); };
    keeps_alive = !has("close") && (parser.is_http_1_1() || has("keep-alive"));
    asks_for_upgrade = parser.is_http_1_1() && has("upgrade") && request.headers.contains("Upgrade");
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
    if (!parser.content_length() && !parser.chunked()) return;
    bytes_left_ = parser.content_length().value_or(0);
    body_rules = limits.body_rules ? limits.body_rules(request) : BodyRules{limits.max_body_bytes};
    request.stored_body = body_rules.store;
    if (bytes_left_ > body_rules.max_bytes) return refuse_size();
    if (parser.chunked()) chunks_.emplace(body_rules.max_bytes, limits.max_header_bytes);
    const auto* coding = request.headers.find("Content-Encoding");
    if (!coding || request.headers.count("Content-Encoding") > 1) return;
    const auto name = to_lower(trimmed(*coding));
    if (name == "gzip" || name == "x-gzip") decoder_ = std::make_unique<GzipDecoder>();
    if (decoder_ || name == "identity") request.headers.erase("Content-Encoding");
}

void RequestParser::Implementation::decode_body() {
    const auto before = request.body.size();
    const auto outcome = decoder_->decode(encoded_, request.body, body_rules.max_bytes - decoded_bytes_);
    encoded_.clear();
    switch (outcome) {
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
    if (hosts > 1 || (parser.is_http_1_1() && hosts == 0)) {
        fail(400, "exactly one Host header is needed");
        return false;
    }
    if (hosts == 1 && !is_host(*request.headers.find("Host"))) {
        fail(400, "the Host header names no host");
        return false;
    }
    const auto* length = request.headers.find("Content-Length");
    if (length && (request.headers.count("Content-Length") > 1 || length->find(',') != std::string::npos)) {
        fail(400, "the length of the body is stated twice");
        return false;
    }
    if (const auto* coding = request.headers.find("Transfer-Encoding")) {
        if (!parser.is_http_1_1()) {
            fail(400, "HTTP/1.0 has no Transfer-Encoding");
            return false;
        }
        if (request.headers.count("Transfer-Encoding") > 1 || length) {
            fail(400, "the length of the body is stated twice");
            return false;
        }
        if (!equal_ignoring_case(trimmed(*coding), "chunked")) {
            fail(501, "the only Transfer-Encoding known here is 'chunked'");
            return false;
        }
    }
    const auto* expectation = request.headers.find("Expect");
    if (expectation && parser.is_http_1_1()) {
        if (!equal_ignoring_case(*expectation, "100-continue")) {
            fail(417, "the only expectation known here is '100-continue'");
            return false;
        }
        expects_continue = true;
    }
    return true;
}

void RequestParser::Implementation::explain(BeastError error, std::string_view bytes) {
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
    return implementation_->parser.is_http_1_1();
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
