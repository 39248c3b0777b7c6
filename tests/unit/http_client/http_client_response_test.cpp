#include "hiratake/http_client/http_client_response.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "hiratake/http_client/http_client_error.hpp"

namespace hiratake {
namespace {

constexpr auto request = "GET http://stock/items";

template <class Call>
std::string refusal(Call call) {
    try {
        call();
    } catch (const HttpClientError& error) {
        return error.what();
    }
    return "accepted";
}

TEST(HttpClientResponse, is_a_success_from_200_to_299) {
    for (const int status : {200, 204, 299}) {
        const HttpClientResponse response{.status = status};
        EXPECT_EQ(&response.require_success(), &response);
    }
    for (const int status : {100, 304, 404, 500}) {
        const HttpClientResponse response{.status = status, .request = request};
        EXPECT_EQ(refusal([&] { response.require_success(); }),
                  "GET http://stock/items was answered with status " + std::to_string(status));
    }
}

TEST(HttpClientResponse, reads_json_or_says_what_is_wrong_with_it) {
    const HttpClientResponse good{.status = 200, .body = "[1, 2]", .request = request};
    EXPECT_EQ(good.json<std::vector<long>>(), (std::vector<long>{1, 2}));
    EXPECT_NE(refusal([&] { good.json<long>(); }).find("GET http://stock/items (status 200)"), std::string::npos);
    const HttpClientResponse page{.status = 502, .body = "<html>", .request = request};
    EXPECT_NE(refusal([&] { page.json<long>(); }).find("(status 502) is not the JSON"), std::string::npos);
}

}  // namespace
}  // namespace hiratake
