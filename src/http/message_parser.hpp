#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <string>
#include <string_view>

#include "hiratake/http/request.hpp"

namespace hiratake::http {

/// Beast's parser of HTTP/1.x, writing what it finds straight into a request: its own container of header fields and
/// its own body would be copied from.
class MessageParser final : public boost::beast::http::basic_parser<true> {
  public:
    /// @param request outlives the parser
    explicit MessageParser(Request& request) : request_(request), body_(&request.body) {}

    bool is_http_1_1() const { return is_http_1_1_; }
    /// Where the bytes of the body go; without this, to the request.
    /// @param text outlives the parser
    void write_body_to(std::string& text) { body_ = &text; }

  private:
    using Error = boost::beast::error_code;
    using Text = boost::beast::string_view;

    void on_request_impl(boost::beast::http::verb, Text method, Text target, int version, Error&) override;
    void on_response_impl(int, Text, int, Error&) override {}
    void on_field_impl(boost::beast::http::field, Text name, Text value, Error& error) override;
    void on_header_impl(Error&) override { is_header_read_ = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
    std::size_t on_body_impl(Text bytes, Error&) override;
    void on_chunk_header_impl(std::uint64_t, Text, Error&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, Text bytes, Error& error) override {
        return on_body_impl(bytes, error);
    }
    void on_finish_impl(Error&) override {}

    Request& request_;
    std::string* body_;
    bool is_http_1_1_ = false;
    bool is_header_read_ = false;
};

}  // namespace hiratake::http
