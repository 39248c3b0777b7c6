#include "hiratake/payload/json.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "hiratake/payload/value.hpp"

namespace hiratake {
namespace {

#include "python_json_cases.inc"

std::string error_of(std::string_view text) {
    try {
        parse_json(text);
    } catch (const JsonError& error) {
        return error.what();
    }
    return "no error";
}

TEST(Json, reads_and_writes_what_python_does) {
    for (const PythonJsonCase& example : python_json_cases) {
        SCOPED_TRACE(example.input);
        if (example.output) {
            EXPECT_EQ(write_json(parse_json(example.input)), example.output);
        } else {
            EXPECT_THROW(parse_json(example.input), JsonError);
        }
    }
}

TEST(Json, keeps_each_kind_of_value) {
    const Value value = parse_json(R"([null, true, -5, 1.0, "text", [], {}, 18446744073709551615])");
    const Array& array = value.as_array();
    EXPECT_EQ(array[0].kind(), Value::Kind::null);
    EXPECT_EQ(array[1], Value(true));
    EXPECT_EQ(array[2], Value(-5));
    EXPECT_EQ(array[3], Value(1.0));
    EXPECT_EQ(array[4], Value("text"));
    EXPECT_EQ(array[5], Value(Array{}));
    EXPECT_EQ(array[6], Value(Object{}));
    EXPECT_EQ(array[7], Value(std::numeric_limits<std::uint64_t>::max()));
}

TEST(Json, takes_nul_bytes_as_characters_only) {
    EXPECT_THROW(parse_json(std::string_view("1\0", 2)), JsonError);
    EXPECT_THROW(parse_json(std::string_view("\0", 1)), JsonError);
    EXPECT_EQ(parse_json(R"("a\u0000b")").as_string(), std::string("a\0b", 3));
    EXPECT_EQ(write_json(std::string("a\0b", 3)), R"("a\u0000b")");
}

TEST(Json, says_where_and_what_is_wrong) {
    EXPECT_EQ(error_of("{\"a\": 1,\n \"b\" 2}"), "invalid JSON at line 2 column 6 (byte 14): expected ':'");
    EXPECT_EQ(error_of("[1, 2"), "invalid JSON at line 1 column 6 (byte 5): expected ',' or ']'");
    EXPECT_EQ(error_of(""), "invalid JSON at line 1 column 1 (byte 0): expected a value");
    EXPECT_EQ(error_of("[\"abc"), "invalid JSON at line 1 column 2 (byte 1): a string is not closed");
    EXPECT_EQ(error_of("1 2"), "invalid JSON at line 1 column 3 (byte 2): something follows the value");
    EXPECT_EQ(error_of(R"("\q")"), "invalid JSON at line 1 column 2 (byte 1): an unknown escape in a string");
    try {
        parse_json("[tru]");
        FAIL() << "read what is no JSON";
    } catch (const JsonError& error) {
        EXPECT_EQ(error.offset(), 1u);
    }
}

TEST(Json, refuses_what_is_no_utf8) {
    for (const std::string_view wrong :
         {"\x80", "\xc3", "\xc3(", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
          "\xf8\x88\x80\x80\x80", "\xff", "\xe2\x82", "abcdefgh\xe2\x28\xa1"}) {
        const std::string text = "\"" + std::string(wrong) + "\"";
        EXPECT_NE(error_of(text).find("not valid UTF-8"), std::string::npos) << text;
        if (wrong != "\xed\xa0\x80") {
            EXPECT_THROW(write_json(wrong), JsonError) << text;
        }
    }
    EXPECT_THROW(parse_json("\xc3\xa9"), JsonError);
}

TEST(Json, keeps_lone_surrogates) {
    const Value value = parse_json(R"("\ud800x\udfff")");
    EXPECT_EQ(value.as_string(), "\xed\xa0\x80x\xed\xbf\xbf");
    EXPECT_EQ(write_json(value), R"("\ud800x\udfff")");
}

std::string nested(std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
}

TEST(Json, bounds_the_nesting) {
    EXPECT_EQ(write_json(parse_json(nested(max_json_depth))), nested(max_json_depth));
    EXPECT_THROW(parse_json(nested(max_json_depth + 1)), JsonError);
    EXPECT_THROW(parse_json(std::string(1'000'000, '[')), JsonError);
    std::string objects;
    for (std::size_t i = 0; i <= max_json_depth; ++i) objects += "{\"a\":";
    EXPECT_THROW(parse_json(objects), JsonError);

    Value deep = Array{};
    for (std::size_t i = 0; i < max_json_depth; ++i) {
        Array outer;
        outer.push_back(std::move(deep));
        deep = std::move(outer);
    }
    EXPECT_THROW(write_json(deep), JsonError);
}

TEST(Json, finds_special_characters_wherever_they_are_in_a_word) {
    for (std::size_t length = 0; length < 20; ++length) {
        for (const char* special : {"\\n", "\xc3\xa9", "\\u0001"}) {
            const std::string text = "\"" + std::string(length, 'a') + special + std::string(length, 'b') + "\"";
            EXPECT_EQ(parse_json(write_json(parse_json(text))), parse_json(text));
            EXPECT_EQ(parse_json(text).as_string().substr(0, length), std::string(length, 'a'));
        }
        EXPECT_THROW(parse_json("\"" + std::string(length, 'a') + "\x01\""), JsonError);
        EXPECT_THROW(parse_json("\"" + std::string(length, 'a')), JsonError);
    }
}

TEST(Json, survives_every_cut_of_a_text) {
    const std::string text =
        R"({"a\u00e9\ud83d\ude00": [1.5e-3, -2, true, null, NaN, -Infinity, "x\\"], "b": {"c": []}})";
    for (std::size_t size = 0; size < text.size(); ++size)
        EXPECT_THROW(parse_json(text.substr(0, size)), JsonError) << size;
    EXPECT_NO_THROW(parse_json(text));
}

TEST(Json, writes_without_spaces_when_asked) {
    EXPECT_EQ(write_json(Object{{"a", Array{1, 2.0, "é"}}, {"b", nullptr}}, JsonStyle::compact),
              R"({"a":[1,2.0,"\u00e9"],"b":null})");
}

TEST(Json, appends) {
    std::string out = "body=";
    append_json(out, Array{1});
    EXPECT_EQ(out, "body=[1]");
}

// Comparing all names with each other would take minutes.
TEST(Json, reads_large_objects_in_good_time) {
    std::string text = "{";
    for (int i = 0; i < 200'000; ++i) text += "\"" + std::to_string(i % 100'000) + "\":" + std::to_string(i) + ",";
    text.back() = '}';
    const Value value = parse_json(text);
    ASSERT_EQ(value.as_object().size(), 100'000u);
    EXPECT_EQ(value.as_object().begin()->name, "0");
    EXPECT_EQ(value.as_object().begin()->value, Value(100'000));
}

TEST(Json, indents_for_people) {
    const Value value = Object{{"a", Array{1, Object{}, Array{}}}, {"b", "c"}};
    EXPECT_EQ(write_json(value, JsonStyle::indented),
              "{\n  \"a\": [\n    1,\n    {},\n    []\n  ],\n  \"b\": \"c\"\n}");
}

}  // namespace
}  // namespace hiratake
