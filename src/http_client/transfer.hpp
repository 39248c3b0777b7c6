#pragma once

#include <curl/curl.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "hiratake/base/deadline.hpp"
#include "hiratake/http_client/http_client_request.hpp"
#include "hiratake/http_client/http_client_response.hpp"
#include "http_client/http_client_settings.hpp"
#include "net/parker.hpp"

namespace hiratake::http_client {

/// One request under way: where the thread that waits for its answer and the I/O thread that runs it meet. Between the
/// start and the end of the transfer, all but wait() is the I/O thread's; before and after, the waiting thread's.
class Transfer {
  public:
    /// Throws HttpClientError for what is no request.
    /// @param request complete: URL, headers and all
    /// @param settings must outlive the transfer
    /// @param shown what errors call the request
    Transfer(HttpClientRequest request, const HttpClientSettings& settings, std::string shown);
    ~Transfer();
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    CURL* handle() { return curl_; }

    /// The end, by libcurl's verdict. Wakes who waits.
    void complete(CURLcode code);
    /// The end in place of that.
    void fail(std::string reason);

    /// Returns whether the end came before the deadline.
    bool wait(Deadline deadline, const Clock& clock) { return ended_.park(deadline, clock); }
    /// After its end: the answer. Throws HttpClientError when there is none.
    HttpClientResponse response();

  private:
    struct FreeList {
        void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    };

    template <class Value>
    void set(CURLoption option, Value value);
    void set_request();
    void set_headers();
    void set_connection();
    std::string failure() const;
    http::Headers received_headers() const;

    static std::size_t receive_body(char* bytes, std::size_t size, std::size_t count, void* self);
    static std::size_t receive_header(char* bytes, std::size_t size, std::size_t count, void* self);

    const HttpClientRequest request_;
    const HttpClientSettings& settings_;
    const std::string shown_;
    CURL* curl_;
    std::unique_ptr<curl_slist, FreeList> header_list_;
    std::array<char, CURL_ERROR_SIZE> error_text_{};
    std::vector<std::string> header_lines_;  // of the last answer, where there were redirections
    std::size_t header_size_ = 0;            // of all of them
    std::string body_;
    std::string failure_;  // why we broke it off ourselves
    CURLcode code_ = CURLE_OK;
    net::Parker ended_;
};

}  // namespace hiratake::http_client
