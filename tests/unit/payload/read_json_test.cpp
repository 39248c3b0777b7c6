#include "hiratake/payload/read_json.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "hiratake/payload/convert.hpp"

namespace stock {

enum class Unit { piece, metre };

struct Item {
    std::string name;
    double price;
    std::optional<int> count;
    bool operator==(const Item&) const = default;
};

struct Shelf {
    static constexpr auto missing_fields = hiratake::MissingFields::keep_defaults;
    int floor = 1;
    Unit unit = Unit::piece;
    std::vector<Item> items;
    bool operator==(const Shelf&) const = default;
};

/// With other defaults for its shelf than the shelf's own.
struct Cupboard {
    Shelf shelf = {.floor = 5, .unit = Unit::metre, .items = {}};
    bool operator==(const Cupboard&) const = default;
};

struct Node {
    std::vector<Node> below;
};

struct Nothing {};

/// Knows values only.
struct Money {
    long cents;
    bool operator==(const Money&) const = default;
};

/// Has no default constructor.
struct Length {
    explicit Length(double metres) : value(metres) {}
    double value;
};

/// Its reader throws, and looks for no failure.
struct Careless {
    std::vector<int> numbers;
    bool operator==(const Careless&) const = default;
};

}  // namespace stock

template <>
struct hiratake::Converter<stock::Length> {
    static Value to_value(const stock::Length& length) { return length.value; }
    static stock::Length from_value(const Value& value, const ValuePath& path) {
        return stock::Length{Converter<double>::from_value(value, path)};
    }
};

template <>
struct hiratake::Converter<stock::Careless> {
    static Value to_value(const stock::Careless& careless) { return hiratake::to_value(careless.numbers); }
    static stock::Careless from_value(Value&& value, const ValuePath& path) {
        return {Converter<std::vector<int>>::from_value(std::move(value), path)};
    }
    static bool read_json(payload::JsonInput& input, stock::Careless& careless) {
        input.begin_array();
        while (input.has_element()) {
            int& number = careless.numbers.emplace_back();
            if (!payload::read_json(input, number)) throw ConversionError("", "numbers", "something else");
        }
        return true;
    }
};

template <>
struct hiratake::Converter<stock::Money> {
    static Value to_value(const stock::Money& money) { return money.cents; }
    static stock::Money from_value(const Value& value, const ValuePath& path) {
        if (const auto* cents = value.get_if<std::int64_t>()) return {*cents};
        throw ConversionError(path, "an amount in cents", value);
    }
};

namespace hiratake::payload {
namespace {

template <class T>
std::optional<T> attempt(std::string_view text, std::size_t depth = 0) {
    T object{};
    return read_json_text(text, object, depth) ? std::optional<T>{std::move(object)} : std::nullopt;
}

/// Straight, after having seen that the way by a Value comes to the same.
template <class T>
std::optional<T> read(std::string_view text) {
    std::optional<T> straight = attempt<T>(text);
    if (straight) {
        EXPECT_EQ(to_value(*straight), to_value(from_value<T>(parse_json(text)))) << text;
    }
    return straight;
}

TEST(ReadJson, reads_scalars) {
    EXPECT_EQ(read<bool>(" true "), true);
    EXPECT_EQ(read<bool>("false"), false);
    EXPECT_EQ(read<int>("-5"), -5);
    EXPECT_EQ(read<std::uint64_t>("18446744073709551615"), std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(read<std::int64_t>("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(read<double>("1.5"), 1.5);
    EXPECT_EQ(read<double>("3"), 3.0);
    EXPECT_EQ(read<float>("-Infinity"), -std::numeric_limits<float>::infinity());
    EXPECT_TRUE(std::isnan(attempt<double>("NaN").value()));
    EXPECT_EQ(read<std::string>(R"("caf\u00e9 \ud83d\ude00")"), "caf\xc3\xa9 \xf0\x9f\x98\x80");
    EXPECT_EQ(read<stock::Unit>(R"("metre")"), stock::Unit::metre);
    EXPECT_EQ(read<Value>(R"([1, {"a": null}])"), (Array{1, Object{{"a", nullptr}}}));
}

TEST(ReadJson, reads_containers) {
    EXPECT_EQ(read<std::optional<int>>("null").value(), std::nullopt);
    EXPECT_EQ(read<std::optional<int>>("5").value(), 5);
    EXPECT_EQ(read<std::vector<int>>("[]"), std::vector<int>{});
    EXPECT_EQ(read<std::vector<int>>(" [ 1 , 2 ] "), (std::vector{1, 2}));
    EXPECT_EQ(read<std::vector<bool>>("[true, false]"), (std::vector{true, false}));
    EXPECT_EQ((read<std::tuple<int, std::string>>(R"([1, "a"])")), (std::tuple{1, std::string{"a"}}));
    EXPECT_EQ(read<std::tuple<>>("[]"), std::tuple{});
    EXPECT_EQ((read<std::map<std::string, int>>(R"({"a": 1, "b": 2})")),
              (std::map<std::string, int>{{"a", 1}, {"b", 2}}));
    EXPECT_EQ((read<std::unordered_map<std::string, int>>("{}")), (std::unordered_map<std::string, int>{}));
}

TEST(ReadJson, reads_structs_whose_fields_are_in_any_order) {
    EXPECT_EQ(read<stock::Item>(R"({"price": 2, "name": "pen", "count": null})"), (stock::Item{"pen", 2, {}}));
    EXPECT_EQ(read<stock::Shelf>(R"({"unit": "metre", "items": [{"name": "pen", "price": 1.5, "count": 3}]})"),
              (stock::Shelf{1, stock::Unit::metre, {{"pen", 1.5, 3}}}));
    EXPECT_EQ(read<stock::Cupboard>(R"({"shelf": {"floor": 2}})").value().shelf,
              (stock::Shelf{.floor = 2, .items = {}}));
    EXPECT_TRUE(read<stock::Nothing>("{}"));
    EXPECT_EQ(read<stock::Node>(R"({"below": [{"below": []}]})").value().below.size(), 1u);
}

TEST(ReadJson, reads_types_that_know_values_only_wherever_they_are) {
    EXPECT_EQ(read<stock::Money>("5"), stock::Money{5});
    EXPECT_EQ(read<std::vector<stock::Money>>("[5, 6]"), (std::vector<stock::Money>{{5}, {6}}));
    EXPECT_EQ((read<std::variant<int, std::string>>(R"("a")")), (std::variant<int, std::string>{"a"}));
    EXPECT_EQ((read<std::array<int, 2>>("[1, 2]")), (std::array{1, 2}));
    EXPECT_FALSE(attempt<std::vector<stock::Money>>(R"(["5"])"));
    static_assert(!MadeBeforeRead<stock::Length> && !MadeBeforeRead<std::tuple<stock::Length>>);
    EXPECT_EQ(read<std::vector<stock::Length>>("[1.5]").value().front().value, 1.5);
}

TEST(ReadJson, leaves_to_values_what_is_not_as_expected) {
    EXPECT_FALSE(attempt<bool>("1"));
    EXPECT_FALSE(attempt<int>("1.0"));
    EXPECT_FALSE(attempt<int>("2147483648"));
    EXPECT_FALSE(attempt<unsigned>("-1"));
    EXPECT_FALSE(attempt<std::uint64_t>("18446744073709551616"));
    EXPECT_FALSE(attempt<std::string>("5"));
    EXPECT_FALSE(attempt<std::string>(R"({"__type__": "decimal", "__value__": "1.50"})"));
    EXPECT_FALSE(attempt<stock::Unit>(R"("litre")"));
    EXPECT_FALSE(attempt<std::vector<int>>(R"({"a": 1})"));
    EXPECT_FALSE(attempt<std::vector<int>>(R"([1, "2"])"));
    EXPECT_FALSE((attempt<std::tuple<int, int>>("[1]")));
    EXPECT_FALSE((attempt<std::tuple<int, int>>("[1, 2, 3]")));
    EXPECT_FALSE((attempt<std::map<std::string, int>>(R"({"a": 1, "a": 2})")));
    EXPECT_FALSE(attempt<stock::Item>(R"({"name": "pen", "price": 1.5})")) << "a field is missing";
    EXPECT_FALSE(attempt<stock::Shelf>(R"({"floor": 1, "room": 2})")) << "a name is unknown";
    EXPECT_FALSE(attempt<stock::Shelf>(R"({"floor": 1, "floor": 2})")) << "a name comes twice";
}

TEST(ReadJson, takes_no_text_that_is_no_json) {
    for (const char* text :
         {"", "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1]]", "[1],", "[01]", "[1.]", "[1e]", "[tru]", "[nul]"}) {
        EXPECT_FALSE(attempt<std::vector<std::optional<int>>>(text)) << text;
    }
    for (const char* text : {"{", R"({"a")", R"({"a":)", R"({"a": 1)", R"({"a": 1,})", R"({a: 1})", R"({"a" 1})",
                             R"({"a": 1}})", R"({"a\x": 1})", "{\"\xff\": 1}"}) {
        EXPECT_FALSE((attempt<std::map<std::string, int>>(text))) << text;
    }
    EXPECT_FALSE(attempt<std::string>("\"a"));
    EXPECT_FALSE(attempt<std::string>("\"\xff\""));
}

TEST(ReadJson, trusts_no_reader_to_have_looked_for_failures) {
    EXPECT_EQ(read<stock::Careless>("[1, 2]"), (stock::Careless{{1, 2}}));
    EXPECT_FALSE(attempt<stock::Careless>(R"(["1"])"));
    EXPECT_FALSE(attempt<stock::Careless>("[1"));
    EXPECT_FALSE(attempt<stock::Careless>("[1; 2]"));
    EXPECT_FALSE(attempt<stock::Careless>("{}"));
}

TEST(ReadJson, goes_as_deep_as_values_do) {
    const auto nested = [](std::size_t depth) {
        std::string text = R"({"below": []})";
        for (std::size_t i = 2; i < depth; i += 2) text = R"({"below": [)" + text + "]}";
        return text;
    };
    EXPECT_TRUE(read<stock::Node>(nested(max_json_depth)));
    EXPECT_FALSE(attempt<stock::Node>(nested(max_json_depth + 2)));
    EXPECT_FALSE(attempt<stock::Node>(nested(max_json_depth), 1));
    EXPECT_FALSE(attempt<Value>(std::string(max_json_depth, '[') + std::string(max_json_depth, ']'), 1));
}

}  // namespace
}  // namespace hiratake::payload
