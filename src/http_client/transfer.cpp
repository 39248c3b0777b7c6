#include "http_client/transfer.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <new>
#include <string_view>
#include <utility>

#include "hiratake/http_client/http_client_error.hpp"
#include "http/ascii.hpp"

namespace hiratake::http_client {
namespace {

constexpr std::size_t max_header_bytes = 256 * 1024;

bool is_method(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), http::is_token_character);
}

}  // namespace

Transfer::Transfer(HttpClientRequest request, const HttpClientSettings& settings, std::string shown)
    : request_(std::move(request)), settings_(settings), shown_(std::move(shown)), curl_(nullptr) {
    if (!is_method(request_.method)) throw HttpClientError(shown_ + " cannot be sent: that is no HTTP method");
    curl_ = curl_easy_init();
    if (curl_ == nullptr) throw std::bad_alloc();
    try {
        set_request();
        set_headers();
        set_connection();
    } catch (...) {
        curl_easy_cleanup(curl_);
        throw;
    }
}

Transfer::~Transfer() {
    curl_easy_cleanup(curl_);
}

template <class Value>
void Transfer::set(CURLoption option, Value value) {
    const CURLcode code = curl_easy_setopt(curl_, option, value);
    if (code == CURLE_OK) return;
    throw HttpClientError(fmt::format("{} cannot be sent: libcurl does not take option {}: {}", shown_,
                                      static_cast<int>(option), curl_easy_strerror(code)));
}

void Transfer::set_request() {
    const std::string& method = request_.method;
    const bool is_safe = method == "GET" || method == "HEAD";
    set(CURLOPT_URL, request_.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    // Never from https to http.
    set(CURLOPT_REDIR_PROTOCOLS_STR, request_.url.starts_with("https:") ? "https" : "http,https");
    // What is not safe to repeat is not sent to where the caller has not named.
    set(CURLOPT_FOLLOWLOCATION, is_safe && settings_.max_redirects > 0 ? 1L : 0L);
    set(CURLOPT_MAXREDIRS, static_cast<long>(settings_.max_redirects));
    if (!request_.body.empty() || method == "POST" || method == "PUT" || method == "PATCH") {
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
        set(CURLOPT_POSTFIELDS, request_.body.data());
    }
    if (method == "HEAD") {
        set(CURLOPT_NOBODY, 1L);
    } else {
        set(CURLOPT_CUSTOMREQUEST, method.c_str());
    }
    set(CURLOPT_ACCEPT_ENCODING, "");  // all that libcurl can decompress
    set(CURLOPT_USERAGENT, "hiratake");
    set(CURLOPT_WRITEFUNCTION, &receive_body);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_HEADERFUNCTION, &receive_header);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_ERRORBUFFER, error_text_.data());
    set(CURLOPT_PRIVATE, this);
}

void Transfer::set_headers() {
    const auto append = [this](const std::string& line) {
        curl_slist* extended = curl_slist_append(header_list_.get(), line.c_str());
        if (extended == nullptr) throw std::bad_alloc();
        static_cast<void>(header_list_.release());
        header_list_.reset(extended);
    };
    for (const http::Header& header : request_.headers) {
        // libcurl's spelling of a header without a value.
        append(header.value.empty() ? header.name + ";" : header.name + ": " + header.value);
    }
    // What libcurl adds of its own accord.
    if (!request_.headers.contains("Expect")) append("Expect:");
    if (!request_.headers.contains("Content-Type")) append("Content-Type:");
    set(CURLOPT_HTTPHEADER, header_list_.get());
}

void Transfer::set_connection() {
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings_.connect_timeout.count()));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (!settings_.ca_file.empty()) set(CURLOPT_CAINFO, settings_.ca_file.c_str());
    if (settings_.proxy) set(CURLOPT_PROXY, settings_.proxy->c_str());
}

// Called from C: nothing may be thrown.
std::size_t Transfer::receive_body(char* bytes, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::size_t length = size * count;
    const std::size_t most = transfer.settings_.max_response_bytes;
    if (length > most - transfer.body_.size()) {
        transfer.failure_ = fmt::format("its answer has more than max_response_bytes ({}) bytes", most);
        return length + 1;
    }
    transfer.body_.append(bytes, length);
    return length;
}

std::size_t Transfer::receive_header(char* bytes, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    std::string_view line{bytes, size * count};
    transfer.header_size_ += line.size();
    if (transfer.header_size_ > max_header_bytes) {
        transfer.failure_ = fmt::format("the header of its answer has more than {} bytes", max_header_bytes);
        return line.size() + 1;
    }
    // Another answer begins, behind a redirection or "100 Continue".
    if (line.starts_with("HTTP/")) transfer.header_lines_.clear();
    transfer.header_lines_.emplace_back(line);
    return line.size();
}

void Transfer::complete(CURLcode code) {
    code_ = code;
    ended_.unpark();
}

void Transfer::fail(std::string reason) {
    failure_ = std::move(reason);
    complete(CURLE_ABORTED_BY_CALLBACK);
}

HttpClientResponse Transfer::response() {
    if (code_ == CURLE_OPERATION_TIMEDOUT) throw HttpClientTimeout(fmt::format("{} failed: {}", shown_, failure()));
    if (code_ != CURLE_OK) throw HttpClientError(fmt::format("{} failed: {}", shown_, failure()));
    long status = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
    return {static_cast<int>(status), received_headers(), std::move(body_), shown_};
}

std::string Transfer::failure() const {
    if (!failure_.empty()) return failure_;
    switch (code_) {
        case CURLE_UNSUPPORTED_PROTOCOL: return "neither http:// nor https://, or redirected from https:// to http://";
        case CURLE_TOO_MANY_REDIRECTS:
            return fmt::format("it was redirected more than max_redirects ({}) times", settings_.max_redirects);
        default: return error_text_[0] != '\0' ? error_text_.data() : curl_easy_strerror(code_);
    }
}

http::Headers Transfer::received_headers() const {
    http::Headers headers;
    for (std::string_view line : header_lines_) {
        while (line.ends_with('\r') || line.ends_with('\n')) line.remove_suffix(1);
        const std::size_t colon = line.find(':');
        if (line.starts_with("HTTP/") || colon == std::string_view::npos) continue;
        const std::string_view value = line.substr(std::min(line.find_first_not_of(" \t", colon + 1), line.size()));
        try {
            headers.add(std::string{line.substr(0, colon)}, std::string{value});
        } catch (const Error& error) {
            throw HttpClientError(fmt::format("{} failed: the answer makes no sense: {}", shown_, error.what()));
        }
    }
    return headers;
}

}  // namespace hiratake::http_client
