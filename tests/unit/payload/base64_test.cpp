#include "payload/base64.hpp"

#include <gtest/gtest.h>

namespace hiratake::payload {
namespace {

TEST(Base64, agrees_with_rfc_4648) {
    const std::pair<const char*, const char*> examples[] = {{"", ""},
                                                            {"f", "Zg=="},
                                                            {"fo", "Zm8="},
                                                            {"foo", "Zm9v"},
                                                            {"foob", "Zm9vYg=="},
                                                            {"fooba", "Zm9vYmE="},
                                                            {"foobar", "Zm9vYmFy"},
                                                            {"\xff\xfe\xfd", "//79"}};
    for (const auto& [bytes, text] : examples) {
        EXPECT_EQ(encode_base64(bytes), text);
        EXPECT_EQ(decode_base64(text), bytes);
    }
}

TEST(Base64, refuses_what_it_did_not_write) {
    for (const char* wrong : {"Z", "Zg", "Zg=", "Zg=a", "=Zg=", "Z===", "Zm9v\n", "Zm 9", "Zm9-", "===="}) {
        EXPECT_EQ(decode_base64(wrong), std::nullopt) << wrong;
    }
}

}  // namespace
}  // namespace hiratake::payload
