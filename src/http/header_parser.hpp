#pragma once

#include <boost/beast/http/basic_parser.hpp>

#include "hiratake/http/request.hpp"

namespace hiratake::http {

/// Beast's parser of HTTP/1.x for the header alone, which it is given whole, writing what it finds straight into a
/// request: Beast's own container of header fields would be copied from.
class HeaderParser final : public boost::beast::http::basic_parser<true> {
  public:
    /// @param request outlives the parser
    explicit HeaderParser(Request& request);

    bool is_http_1_1() const { return is_http_1_1_; }

  private:
    using Error = boost::beast::error_code;
    using Text = boost::beast::string_view;

    void on_request_impl(boost::beast::http::verb, Text method, Text target, int version, Error&) override;
    void on_field_impl(boost::beast::http::field, Text name, Text value, Error& error) override;
    void on_header_impl(Error&) override {}
    void on_finish_impl(Error&) override {}
    // What follows is never called: the header is not of a response, and its body is skipped.
    void on_response_impl(int, Text, int, Error&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
    std::size_t on_body_impl(Text, Error&) override { return 0; }
    void on_chunk_header_impl(std::uint64_t, Text, Error&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, Text, Error&) override { return 0; }

    Request& request_;
    bool is_http_1_1_ = false;
};

}  // namespace hiratake::http
