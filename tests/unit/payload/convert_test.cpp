#include "hiratake/payload/convert.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "hiratake/payload/json.hpp"
#include "hiratake/payload/typed_value.hpp"

namespace shop {

struct Money {
    long cents;
};

enum class Operation { sum, mul, div, sub };

struct Item {
    std::string name;
    double price;
    std::optional<int> count;
};

struct Order {
    std::string customer;
    std::vector<Item> items;
    Operation operation;
};

struct Settings {
    static constexpr auto missing_fields = hiratake::MissingFields::keep_defaults;
    static constexpr auto unknown_fields = hiratake::UnknownFields::are_errors;
    int limit = 10;
    std::string sort = "name";
};

}  // namespace shop

template <>
struct hiratake::Converter<shop::Money> {
    static Value to_value(const shop::Money& money) { return std::to_string(money.cents) + " cents"; }
    static shop::Money from_value(const Value& value, const ValuePath& path) {
        const std::string* text = value.get_if<std::string>();
        if (!text || !text->ends_with(" cents")) throw ConversionError(path, "an amount in cents", value);
        return {std::stol(*text)};
    }
};

namespace hiratake {
namespace {

using std::string_literals::operator""s;

template <class T>
T from_json(std::string_view text) {
    return from_value<T>(parse_json(text));
}

template <class T>
std::string error_of(std::string_view text) {
    try {
        from_json<T>(text);
    } catch (const ConversionError& error) {
        return error.what();
    }
    return "no error";
}

template <class T>
void expect_round_trip(T original, const char* json) {
    EXPECT_EQ(write_json(to_value(original)), json);
    EXPECT_EQ(from_json<T>(json), original);
}

TEST(Convert, round_trips_each_type) {
    expect_round_trip(true, "true");
    expect_round_trip<std::int8_t>(-128, "-128");
    expect_round_trip<std::uint64_t>(18446744073709551615u, "18446744073709551615");
    expect_round_trip(1.5, "1.5");
    expect_round_trip("text"s, "\"text\"");
    expect_round_trip<std::optional<int>>(std::nullopt, "null");
    expect_round_trip<std::optional<int>>(3, "3");
    expect_round_trip(std::vector<std::string>{"a", "b"}, R"(["a", "b"])");
    expect_round_trip(std::vector<bool>{true, false}, "[true, false]");
    expect_round_trip(std::array<int, 2>{1, 2}, "[1, 2]");
    expect_round_trip(std::pair<int, std::string>{1, "a"}, R"([1, "a"])");
    expect_round_trip(std::tuple<int, bool, double>{1, false, 0.5}, "[1, false, 0.5]");
    expect_round_trip(std::tuple<>{}, "[]");
    expect_round_trip(std::map<std::string, int>{{"a", 1}, {"b", 2}}, R"({"a": 1, "b": 2})");
    expect_round_trip(std::unordered_map<std::string, int>{{"a", 1}}, R"({"a": 1})");
    expect_round_trip(std::variant<std::monostate, int, std::string>{"x"}, "\"x\"");
    expect_round_trip(std::variant<std::monostate, int, std::string>{}, "null");
    expect_round_trip(shop::Operation::div, "\"div\"");
    expect_round_trip(Value(Array{1, "a"}), R"([1, "a"])");
    expect_round_trip(Array{1, "a"}, R"([1, "a"])");
    expect_round_trip(Object{{"a", 1}}, R"({"a": 1})");
    expect_round_trip(std::vector<std::vector<int>>{{1}, {}}, "[[1], []]");
}

TEST(Convert, takes_views_and_literals_to_values) {
    EXPECT_EQ(to_value("literal"), Value("literal"));
    EXPECT_EQ(to_value(std::string_view("view")), Value("view"));
    EXPECT_EQ(to_value(nullptr), Value());
}

TEST(Convert, checks_the_range_of_integers) {
    EXPECT_EQ(error_of<std::uint8_t>("256"), "expected an integer from 0 to 255, got 256");
    EXPECT_EQ(error_of<std::uint8_t>("-1"), "expected an integer from 0 to 255, got -1");
    EXPECT_EQ(error_of<std::int8_t>("-129"), "expected an integer from -128 to 127, got -129");
    EXPECT_EQ(error_of<int>("18446744073709551616"),
              "expected an integer from -2147483648 to 2147483647, got an integer beyond 64 bits");
    EXPECT_EQ(from_json<std::int64_t>("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
    EXPECT_THROW(from_json<std::int64_t>("9223372036854775808"), ConversionError);
    EXPECT_EQ(from_json<std::uint64_t>("9223372036854775808"), 9223372036854775808u);
}

TEST(Convert, does_not_mix_up_kinds) {
    EXPECT_EQ(error_of<int>("1.0"), "expected an integer, got a number");
    EXPECT_EQ(error_of<int>("true"), "expected an integer, got a boolean");
    EXPECT_EQ(error_of<double>("true"), "expected a number, got a boolean");
    EXPECT_EQ(error_of<double>("\"1\""), "expected a number, got a string");
    EXPECT_EQ(error_of<bool>("1"), "expected a boolean, got an integer");
    EXPECT_EQ(error_of<std::string>("null"), "expected a string, got null");
    EXPECT_EQ(error_of<std::vector<int>>("{}"), "expected an array, got an object");
    EXPECT_EQ((error_of<std::map<std::string, int>>("[]")), "expected an object, got an array");
    EXPECT_EQ((error_of<std::pair<int, int>>("[1]")), "expected an array of 2 elements, got 1");
    EXPECT_EQ(from_json<double>("3"), 3.0);
    EXPECT_TRUE(std::isnan(from_json<double>("NaN")));
}

TEST(Convert, names_the_place_of_what_is_wrong) {
    EXPECT_EQ(error_of<std::vector<int>>("[1, 2, null]"), "[2]: expected an integer, got null");
    EXPECT_EQ((error_of<std::map<std::string, std::vector<int>>>(R"({"a": [], "b": [true]})")),
              "b[0]: expected an integer, got a boolean");
    const std::string order = R"({"customer": "Ann", "operation": "sum", "items": [{"name": "x", "price": "1"}]})";
    EXPECT_EQ(error_of<shop::Order>(order), "items[0].price: expected a number, got a string");
    try {
        from_json<std::vector<shop::Order>>("[" + order + "]");
        FAIL() << "took a price that is no number";
    } catch (const ConversionError& error) {
        EXPECT_EQ(error.path(), "[0].items[0].price");
        EXPECT_EQ(error.expected(), "a number");
        EXPECT_EQ(error.problem(), "got a string");
    }
}

TEST(Convert, reads_and_writes_structs) {
    const std::string text =
        R"({"customer": "Ann", "items": [{"name": "x", "price": 2, "count": null}], "operation": "sub", "more": 1})";
    const auto order = from_json<shop::Order>(text);
    EXPECT_EQ(order.customer, "Ann");
    ASSERT_EQ(order.items.size(), 1u);
    EXPECT_EQ(order.items[0].price, 2.0);
    EXPECT_EQ(order.items[0].count, std::nullopt);
    EXPECT_EQ(order.operation, shop::Operation::sub);
    EXPECT_EQ(write_json(to_value(order)),
              R"({"customer": "Ann", "items": [{"name": "x", "price": 2.0, "count": null}], "operation": "sub"})");
}

TEST(Convert, names_missing_fields) {
    EXPECT_EQ(error_of<shop::Order>(R"({"customer": "Ann", "items": []})"),
              "operation: expected one of 'sum', 'mul', 'div', 'sub', it is missing");
    EXPECT_EQ(error_of<shop::Item>(R"({"name": "x"})"), "price: expected a number, it is missing");
    EXPECT_EQ(from_json<shop::Item>(R"({"name": "x", "price": 1})").count, std::nullopt);
}

TEST(Convert, keeps_defaults_and_refuses_unknown_members_where_a_struct_says_so) {
    const auto settings = from_json<shop::Settings>(R"({"limit": 5})");
    EXPECT_EQ(settings.limit, 5);
    EXPECT_EQ(settings.sort, "name");
    EXPECT_EQ(error_of<shop::Settings>(R"({"limt": 5})"), "limt: expected one of 'limit', 'sort', the name is unknown");
    EXPECT_EQ(error_of<shop::Settings>(R"({"limit": null})"), "limit: expected an integer, got null");
}

TEST(Convert, lists_the_allowed_enumerators) {
    EXPECT_EQ(error_of<shop::Operation>("\"pow\""), "expected one of 'sum', 'mul', 'div', 'sub', got 'pow'");
    EXPECT_EQ(error_of<shop::Operation>("1"), "expected one of 'sum', 'mul', 'div', 'sub', got an integer");
    EXPECT_THROW(to_value(static_cast<shop::Operation>(99)), ConversionError);
}

TEST(Convert, takes_the_first_alternative_that_fits) {
    using Either = std::variant<std::int8_t, double, std::vector<std::string>>;
    EXPECT_EQ(from_json<Either>("1").index(), 0u);
    EXPECT_EQ(from_json<Either>("1000").index(), 1u);
    EXPECT_EQ(from_json<Either>("[\"a\"]"), (Either{std::vector<std::string>{"a"}}));
    EXPECT_EQ(error_of<Either>("\"x\""), "expected an integer or a number or an array, got a string");
}

TEST(Convert, uses_a_converter_of_the_user) {
    EXPECT_EQ(write_json(to_value(std::vector<shop::Money>{{100}})), R"(["100 cents"])");
    EXPECT_EQ(from_json<shop::Money>("\"250 cents\"").cents, 250);
    EXPECT_EQ(error_of<std::vector<shop::Money>>("[1]"), "[0]: expected an amount in cents, got an integer");
}

struct Tree {
    std::string name;
    std::vector<Tree> children;
};

TEST(Convert, reads_types_that_contain_themselves) {
    const auto tree = from_json<Tree>(R"({"name": "a", "children": [{"name": "b", "children": []}]})");
    EXPECT_EQ(tree.children.at(0).name, "b");
}

TEST(Convert, reads_what_python_wraps) {
    EXPECT_EQ(from_json<std::string>(R"({"__type__": "decimal", "__value__": "1.50"})"), "1.50");
    EXPECT_EQ(from_json<double>(R"({"__type__": "decimal", "__value__": "1.50"})"), 1.5);
    EXPECT_EQ(from_json<std::string>(
                  R"({"__type__": "uuid", "__value__": {"hex": "006e62e113324f51859f48b1920eb584", "version": 4}})"),
              "006e62e1-1332-4f51-859f-48b1920eb584");
    EXPECT_EQ(from_json<std::string>(R"({"__type__": "bytes", "__value__": "abc"})"), "abc");
    EXPECT_EQ(from_json<std::string>(R"({"__type__": "base64", "__value__": "/wA="})"), "\xff\0"s);
    EXPECT_EQ(from_json<std::string>(R"({"__type__": "time", "__value__": "12:30:00"})"), "12:30:00");
    EXPECT_EQ(error_of<std::string>(R"({"__type__": "unheard", "__value__": "x"})"),
              "expected a string, got an object");
    EXPECT_EQ(error_of<std::string>(R"({"__type__": "base64", "__value__": "x"})"), "expected a string, got an object");
    EXPECT_EQ(error_of<double>(R"({"__type__": "decimal", "__value__": "1.5x"})"), "expected a number, got an object");
    EXPECT_EQ(write_json(typed_value("date", "2024-05-01")), R"({"__type__": "date", "__value__": "2024-05-01"})");
}

TEST(Convert, wraps_bytes) {
    const std::vector<std::byte> bytes{std::byte{0xff}, std::byte{0}, std::byte{1}, std::byte{2}};
    expect_round_trip(bytes, R"({"__type__": "base64", "__value__": "/wABAg=="})");
    EXPECT_EQ(from_json<std::vector<std::byte>>("\"a\""), std::vector<std::byte>{std::byte{'a'}});
}

}  // namespace
}  // namespace hiratake
