#include "hiratake/payload/serializers.hpp"

#include <gtest/gtest.h>

#include "hiratake/payload/json.hpp"

namespace hiratake {
namespace {

TEST(Serializers, send_and_accept_json_by_default) {
    const Serializers serializers;
    EXPECT_EQ(serializers.outgoing().content_type, "application/json");
    EXPECT_EQ(serializers.outgoing().content_encoding, "utf-8");
    EXPECT_EQ(serializers.outgoing().encode(Object{{"v", 5}}), R"({"v": 5})");
    EXPECT_EQ(serializers.decode("application/json", "utf-8", "{\"v\": 5}"), Value(Object{{"v", 5}}));
    EXPECT_EQ(serializers.decode("application/json", std::nullopt, "1"), Value(1));
    EXPECT_EQ(serializers.decode("application/json", "binary", "1"), Value(1));
}

TEST(Serializers, answers_a_call_in_kind_and_in_what_has_a_form_for_it) {
    Serializers serializers;
    EXPECT_EQ(serializers.for_answer_to("application/x-msgpack").name, "msgpack") << "accepted or not";
    EXPECT_EQ(serializers.for_answer_to("application/xml").name, "json");
    EXPECT_EQ(serializers.for_answer_to("application/data").name, "json");
    EXPECT_EQ(serializers.for_answer_to(std::nullopt).name, "json");
    serializers.configure("msgpack", {});
    EXPECT_EQ(serializers.for_answer_to(std::nullopt).name, "msgpack");
    EXPECT_EQ(serializers.for_calls().name, "msgpack");
    serializers.configure("raw", {});
    EXPECT_EQ(serializers.for_calls().name, "json");
}

TEST(Serializers, accept_a_content_type_by_the_letter) {
    const Serializers serializers;
    for (const char* refused :
         {"application/json; charset=utf-8", "Application/JSON", "text/plain", "application/x-yaml", ""}) {
        EXPECT_THROW(serializers.decode(refused, "utf-8", "1"), ContentError) << refused;
    }
}

TEST(Serializers, hand_over_undecoded_what_has_no_format) {
    const Serializers serializers;
    EXPECT_EQ(serializers.decode("application/data", "binary", "{\xff"), Value("{\xff"));
    EXPECT_EQ(serializers.decode("application/text", "utf-8", "{}"), Value("{}"));
    EXPECT_EQ(serializers.decode(std::nullopt, std::nullopt, "{}"), Value("{}"));
}

TEST(Serializers, take_an_empty_body_for_an_empty_text) {
    EXPECT_EQ(Serializers{}.decode("application/json", "utf-8", ""), Value(""));
}

TEST(Serializers, say_what_is_wrong_with_a_body) {
    const Serializers serializers;
    try {
        serializers.decode("application/json", "utf-8", "{");
        FAIL() << "decoded half an object";
    } catch (const ContentError& error) {
        EXPECT_NE(std::string(error.what()).find("line 1 column 2"), std::string::npos) << error.what();
    }
    EXPECT_THROW(serializers.decode("application/json", "utf-16", "1"), ContentError);
    EXPECT_THROW(serializers.decode("application/json", "utf-8", "\"\xff\""), ContentError);
}

TEST(Serializers, know_what_they_would_decode_as_json) {
    Serializers serializers;
    EXPECT_TRUE(serializers.would_read_json("application/json", "utf-8"));
    EXPECT_TRUE(serializers.would_read_json("application/json", std::nullopt));
    EXPECT_FALSE(serializers.would_read_json("application/json", "utf-16"));
    EXPECT_FALSE(serializers.would_read_json("application/x-msgpack", "binary"));
    EXPECT_FALSE(serializers.would_read_json(std::nullopt, "utf-8"));
    serializers.configure("msgpack", {});
    EXPECT_FALSE(serializers.would_read_json("application/json", "utf-8")) << "not accepted";
    // One of a user's own, made of the one that is there.
    Serializer own = json_serializer();
    EXPECT_TRUE(own.is_json());
    own.encode = [](const Value& value) { return write_json(value, JsonStyle::compact); };
    EXPECT_FALSE(own.is_json());
    serializers.add(std::move(own));
    serializers.configure("json", {});
    EXPECT_FALSE(serializers.would_read_json("application/json", "utf-8"));
}

TEST(Serializers, take_custom_ones) {
    Serializers serializers;
    serializers.add({.name = "shout",
                     .content_type = "text/x-shout",
                     .content_encoding = "utf-8",
                     .encode = [](const Value& value) { return value.as_string() + "!"; },
                     .decode = [](std::string_view body) { return Value(body.substr(0, body.size() - 1)); }});
    EXPECT_THROW(serializers.decode("text/x-shout", "utf-8", "a!"), ContentError);
    serializers.configure("shout", {"json", "shout"});
    EXPECT_EQ(serializers.outgoing().encode("a"), "a!");
    EXPECT_EQ(serializers.decode("text/x-shout", "utf-8", "a!"), Value("a"));
    EXPECT_EQ(serializers.decode("application/json", "utf-8", "1"), Value(1));
    serializers.configure("shout", {});
    EXPECT_THROW(serializers.decode("application/json", "utf-8", "1"), ContentError);
    ASSERT_NE(serializers.for_content_type("application/json"), nullptr);
    EXPECT_EQ(serializers.for_content_type("application/json")->name, "json");
    EXPECT_EQ(serializers.for_content_type("application/xml"), nullptr);
}

TEST(Serializers, name_the_one_that_is_unknown) {
    Serializers serializers;
    try {
        serializers.configure("pickle", {});
        FAIL() << "knows pickle";
    } catch (const ConfigurationError& error) {
        EXPECT_STREQ(error.what(), "no serializer is called 'pickle'; known are: json, msgpack, raw");
    }
    EXPECT_THROW(serializers.configure("json", {"json", "yaml"}), ConfigurationError);
    EXPECT_EQ(serializers.outgoing().name, "json");
}

TEST(Serializers, send_only_texts_raw) {
    EXPECT_EQ(raw_serializer().encode("bytes"), "bytes");
    EXPECT_EQ(raw_serializer().decode("bytes"), Value("bytes"));
    EXPECT_THROW(raw_serializer().encode(1), ContentError);
}

}  // namespace
}  // namespace hiratake
