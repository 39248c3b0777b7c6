#include "hiratake/payload/write_json.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <memory>

#include "hiratake/payload/convert.hpp"

namespace kitchen {

enum class Heat { low, high };

struct Dish {
    std::string name;
    double price;
    std::optional<int> guests;
    std::vector<Heat> heats;
};

struct Nothing {};

/// Knows values only, and cannot be copied.
struct Recipe {
    std::unique_ptr<std::string> text;
};

/// Converted as the text that it is made of, but for its value.
struct Label : std::string {};

}  // namespace kitchen

template <>
struct hiratake::Converter<kitchen::Label> : hiratake::Converter<std::string> {
    static Value to_value(const kitchen::Label& label) { return "label " + label; }
};

template <>
struct hiratake::Converter<kitchen::Recipe> {
    static Value to_value(kitchen::Recipe&& recipe) { return std::move(*recipe.text); }
};

namespace hiratake::payload {
namespace {

template <class T>
std::string straight(T object, JsonStyle style = JsonStyle::python, std::size_t depth = 0) {
    std::string text;
    JsonOutput output(text, style, depth);
    payload::write_json(output, std::move(object));
    return text;
}

/// Straight, after having seen that the Value is written the same in all styles.
template <class T>
std::string written(const T& object) {
    for (const JsonStyle style : {JsonStyle::compact, JsonStyle::indented, JsonStyle::python}) {
        EXPECT_EQ(straight(object, style), hiratake::write_json(to_value(object), style));
    }
    return straight(object);
}

TEST(WriteJson, writes_scalars) {
    EXPECT_EQ(written(true), "true");
    EXPECT_EQ(written(-5), "-5");
    EXPECT_EQ(written(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
    EXPECT_EQ(written(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
    EXPECT_EQ(written(static_cast<unsigned char>(200)), "200");
    EXPECT_EQ(written(1.0), "1.0");
    EXPECT_EQ(written(1.5f), "1.5");
    EXPECT_EQ(written(std::numeric_limits<double>::infinity()), "Infinity");
    EXPECT_EQ(written(std::string{"a\"\n\xc3\xa9"}), R"("a\"\n\u00e9")");
    EXPECT_EQ(written(kitchen::Heat::high), R"("high")");
    EXPECT_EQ(written(Value{Array{1, Object{{"a", nullptr}}}}), R"([1, {"a": null}])");
}

TEST(WriteJson, writes_containers) {
    EXPECT_EQ(written(std::optional<int>{}), "null");
    EXPECT_EQ(written(std::optional<int>{5}), "5");
    EXPECT_EQ(written(std::vector<int>{}), "[]");
    EXPECT_EQ(written(std::vector<std::vector<int>>{{1, 2}, {}}), "[[1, 2], []]");
    EXPECT_EQ(written(std::vector<bool>{true, false}), "[true, false]");
    EXPECT_EQ(written(std::tuple<int, std::string>{1, "a"}), R"([1, "a"])");
    EXPECT_EQ(written(std::tuple<>{}), "[]");
    EXPECT_EQ(written(std::map<std::string, double>{{"a", 1}, {"b", 2}}), R"({"a": 1.0, "b": 2.0})");
}

TEST(WriteJson, writes_structs) {
    const kitchen::Dish dish{"soup", 4.5, 2, {kitchen::Heat::low}};
    EXPECT_EQ(written(dish), R"({"name": "soup", "price": 4.5, "guests": 2, "heats": ["low"]})");
    EXPECT_EQ(written(std::vector{dish, dish}).size(), 2 * written(dish).size() + 4);
    EXPECT_EQ(written(kitchen::Nothing{}), "{}");
}

TEST(WriteJson, writes_types_that_know_values_only_wherever_they_are) {
    EXPECT_EQ(written(std::variant<int, std::string>{"a"}), R"("a")");
    EXPECT_EQ(written(std::vector<std::array<int, 2>>{{1, 2}}), "[[1, 2]]");
    std::vector<kitchen::Recipe> recipes;
    recipes.push_back({std::make_unique<std::string>("boil")});
    EXPECT_EQ(straight(std::move(recipes)), R"(["boil"])");
}

TEST(WriteJson, takes_no_writer_that_was_made_for_another_type) {
    EXPECT_EQ(straight(kitchen::Label{"salt"}), R"("label salt")");
}

TEST(WriteJson, refuses_what_values_refuse) {
    EXPECT_THROW(straight(std::string{"\xff"}), JsonError);
    EXPECT_THROW(straight(static_cast<kitchen::Heat>(7)), ConversionError);
    EXPECT_NO_THROW(straight(std::vector<int>{}, JsonStyle::python, max_json_depth - 1));
    EXPECT_THROW(straight(std::vector<int>{}, JsonStyle::python, max_json_depth), JsonError);
}

}  // namespace
}  // namespace hiratake::payload
