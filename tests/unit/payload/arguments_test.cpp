#include "hiratake/payload/arguments.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>

#include "hiratake/payload/json.hpp"

namespace hiratake::payload {
namespace {

#include "python_call_cases.inc"

struct Search {
    std::string text;
    std::optional<int> limit;
};

struct Page {
    static constexpr auto missing_fields = MissingFields::keep_defaults;
    int size = 20;
    int number = 1;
};

/// An aggregate with a converter of its own.
struct Price {
    long cents;
};

}  // namespace
}  // namespace hiratake::payload

template <>
struct hiratake::Converter<hiratake::payload::Price> {
    static Value to_value(const payload::Price& price) { return price.cents; }
    static payload::Price from_value(const Value& value, const ValuePath& path) {
        if (const auto* cents = value.get_if<std::int64_t>()) return {*cents};
        throw ConversionError(path, "an amount in cents", value);
    }
};

namespace hiratake::payload {
namespace {

struct Catalogue {
    Catalogue() = default;
    Catalogue(const Catalogue&) = delete;
};

}  // namespace
}  // namespace hiratake::payload

template <>
struct hiratake::Converter<hiratake::payload::Catalogue> {
    static Value to_value(const payload::Catalogue&) { return "all"; }
};

namespace hiratake::payload {
namespace {

struct Shop {
    long pay(Price price) { return price.cents; }
    long sum(std::array<long, 2> numbers) { return numbers[0] + numbers[1]; }
    const Catalogue& catalogue() { return all; }
    Catalogue all;
    long add(long left, long right) { return left + right; }
    std::string join(const std::vector<std::string>& parts, std::string_view separator) const noexcept {
        std::string text;
        for (const std::string& part : parts) text += (text.empty() ? "" : std::string(separator)) + part;
        return text;
    }
    void touch() { ++touched; }
    std::string find(const Search& search) { return search.text + ":" + std::to_string(search.limit.value_or(-1)); }
    int page(Page page) { return page.size * page.number; }
    int fail() { throw std::invalid_argument("no"); }
    int size_of(std::string&& text, Value any) { return static_cast<int>(text.size()) + (any.is_null() ? 0 : 100); }
    int touched = 0;
};

Signature signature_from(const char* described) {
    std::vector<Parameter> parameters;
    std::istringstream words(described);
    for (std::string word; words >> word;) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos) {
            parameters.emplace_back(word);
        } else {
            parameters.emplace_back(word.substr(0, equals), parse_json(word.substr(equals + 1)));
        }
    }
    return {"go", std::move(parameters)};
}

TEST(Signature, binds_as_python_does_and_says_the_same) {
    for (const PythonCallCase& example : python_call_cases) {
        SCOPED_TRACE(std::string(example.parameters) + " | " + example.args + " | " + example.kwargs);
        const Signature signature = signature_from(example.parameters);
        std::string values = "null";
        std::string error = "null";
        try {
            values =
                write_json(signature.bind(parse_json(example.args).as_array(), parse_json(example.kwargs).as_object()));
        } catch (const ArgumentError& problem) {
            error = problem.what();
            EXPECT_EQ(problem.path(), "");
        }
        EXPECT_EQ(values, example.values ? example.values : "null");
        EXPECT_EQ(error, example.error ? example.error : "null");
    }
}

TEST(Signature, refuses_parameters_that_python_would_refuse) {
    EXPECT_THROW(Signature("go", {"x", "x"}), ConfigurationError);
    EXPECT_THROW(Signature("go", {""}), ConfigurationError);
    EXPECT_THROW(Signature("go", {arg("x", 1), "y"}).require_defaults_last(), ConfigurationError);
    EXPECT_NO_THROW(Signature("go", {"x", arg("y", 1)}).require_defaults_last());
}

TEST(Signature, wants_a_name_for_each_parameter) {
    EXPECT_THROW(signature_of<&Shop::add>({"left"}), ConfigurationError);
    EXPECT_THROW(signature_of<&Shop::touch>({"left"}), ConfigurationError);
    EXPECT_THROW(signature_of<&Shop::add>({}), ConfigurationError);
    EXPECT_EQ(signature_of<&Shop::add>({"left", "right"}).method_name(), "add");
}

TEST(Signature, takes_the_fields_of_a_struct_for_arguments) {
    const Signature signature = signature_of<&Shop::find>({});
    EXPECT_EQ(signature.form(), Signature::Form::one_struct);
    ASSERT_EQ(signature.parameters().size(), 2u);
    EXPECT_TRUE(signature.parameters()[0].required());
    EXPECT_FALSE(signature.parameters()[1].required());

    Shop shop;
    const auto find = [&](Array args, Object kwargs) {
        return invoke<&Shop::find>(shop, signature, signature.bind(std::move(args), std::move(kwargs)));
    };
    EXPECT_EQ(find({}, {{"text", "a"}}), Value("a:-1"));
    EXPECT_EQ(find({}, {{"limit", 3}, {"text", "a"}}), Value("a:3"));
    EXPECT_EQ(find({"a", 4}, {}), Value("a:4"));
    EXPECT_EQ(find({Object{{"text", "b"}, {"limit", 5}}}, {}), Value("b:5"));
    EXPECT_THROW(find({}, {}), ArgumentError);
    EXPECT_THROW(find({}, {{"text", "a"}, {"other", 1}}), ArgumentError);
    EXPECT_THROW(find({"a", 4, 5}, {}), ArgumentError);
}

TEST(Signature, takes_a_named_struct_as_one_argument) {
    const Signature signature = signature_of<&Shop::find>({"search"});
    Shop shop;
    const Array values = signature.bind({}, {{"search", Object{{"text", "a"}}}});
    EXPECT_EQ(invoke<&Shop::find>(shop, signature, values), Value("a:-1"));
}

TEST(Signature, takes_an_array_for_one_argument) {
    const Signature signature = signature_of<&Shop::sum>({"numbers"});
    EXPECT_THROW(signature_of<&Shop::sum>({}), ConfigurationError);
    Shop shop;
    EXPECT_EQ(invoke<&Shop::sum>(shop, signature, signature.bind({Value(Array{1, 2})}, {})), Value(3));
}

TEST(Signature, gives_the_defaults_of_a_struct_that_keeps_them) {
    const Signature signature = signature_of<&Shop::page>({});
    EXPECT_EQ(signature.parameters()[0].default_value, Value(20));
    Shop shop;
    EXPECT_EQ(invoke<&Shop::page>(shop, signature, signature.bind({}, {{"number", 3}})), Value(60));
}

template <auto method>
std::optional<ArgumentsOf<method>> straight(const Signature& signature, std::string_view array, std::size_t depth) {
    ArgumentsOf<method> arguments{};
    const bool is_read = read_json_arguments(signature, array, depth, arguments);
    return is_read ? std::optional<ArgumentsOf<method>>{std::move(arguments)} : std::nullopt;
}

TEST(JsonArguments, are_read_where_there_is_one_for_each_parameter) {
    const Signature add = signature_of<&Shop::add>({"left", arg("right", 2)});
    EXPECT_EQ(straight<&Shop::add>(add, "[40, 2]", 1), (std::tuple{40L, 2L}));
    const Signature join = signature_of<&Shop::join>({"parts", "separator"});
    EXPECT_EQ(straight<&Shop::join>(join, R"([["a", "b"], "-"])", 1),
              (std::tuple{std::vector<std::string>{"a", "b"}, std::string{"-"}}));
    EXPECT_TRUE(straight<&Shop::touch>(signature_of<&Shop::touch>({}), "[]", 1));
    const auto found = straight<&Shop::find>(signature_of<&Shop::find>({}), R"([{"text": "b", "limit": 5}])", 1);
    ASSERT_TRUE(found);
    EXPECT_EQ(std::get<0>(*found).limit, 5);
}

TEST(JsonArguments, are_left_to_values_where_they_are_not_simply_right) {
    const Signature add = signature_of<&Shop::add>({"left", arg("right", 2)});
    for (const char* array :
         {"[40]", "[40, 2, 1]", R"([40, "2"])", R"({"left": 40, "right": 2})", "[40, 2", "[40, 2]]"}) {
        EXPECT_FALSE(straight<&Shop::add>(add, array, 1)) << array;
    }
    const Signature ruled = signature_of<&Shop::add>({"left", arg("right").maximum(5)});
    EXPECT_FALSE(straight<&Shop::add>(ruled, "[40, 2]", 1));
    const Signature find = signature_of<&Shop::find>({});
    EXPECT_FALSE(straight<&Shop::find>(find, R"(["b", 5])", 1)) << "the fields by position";
    const Signature pay = signature_of<&Shop::pay>({});
    EXPECT_FALSE(straight<&Shop::pay>(pay, "[5]", 1)) << "the field, by position";
    EXPECT_EQ(std::get<0>(straight<&Shop::pay>(signature_of<&Shop::pay>({"price"}), "[5]", 1).value()).cents, 5);
}

TEST(Invoke, converts_arguments_and_result) {
    Shop shop;
    const Signature add = signature_of<&Shop::add>({"left", arg("right", 2)});
    EXPECT_EQ(invoke<&Shop::add>(shop, add, add.bind({40}, {})), Value(42));
    const Signature join = signature_of<&Shop::join>({"parts", arg("separator", ", ")});
    EXPECT_EQ(invoke<&Shop::join>(shop, join, join.bind({Value(Array{"a", "b"})}, {})), Value("a, b"));
    const Signature touch = signature_of<&Shop::touch>({});
    EXPECT_EQ(invoke<&Shop::touch>(shop, touch, {}), Value());
    EXPECT_EQ(shop.touched, 1);
    const Signature size_of = signature_of<&Shop::size_of>({"text", "any"});
    EXPECT_EQ(invoke<&Shop::size_of>(shop, size_of, size_of.bind({"abc"}, {{"any", Array{}}})), Value(103));
}

TEST(CallForJson, writes_the_result) {
    Shop shop;
    EXPECT_EQ(*call_method_for_json<&Shop::add>(shop, {40, 2}).json(), "42");
    EXPECT_TRUE(call_method_for_json<&Shop::touch>(shop, {}).is_null());
    EXPECT_EQ(shop.touched, 1);
    EXPECT_EQ(call_method_for_json<&Shop::catalogue>(shop, {}).value(), Value{"all"});
    EXPECT_EQ(*call_method_for_json<&Shop::join>(shop, {{"a", "b"}, "-"}).json(), R"("a-b")");
}

TEST(CallForJson, keeps_for_later_that_a_result_cannot_be_written) {
    Shop shop;
    const MethodResult result = call_method_for_json<&Shop::join>(shop, {{"\xff"}, "-"});
    EXPECT_THROW(result.json(), JsonError);
    EXPECT_THROW(call_method_for_json<&Shop::fail>(shop, {}), std::invalid_argument) << "the method's own errors";
}

TEST(Invoke, names_the_argument_of_the_wrong_type) {
    Shop shop;
    const Signature add = signature_of<&Shop::add>({"left", "right"});
    try {
        invoke<&Shop::add>(shop, add, add.bind({1, "x"}, {}));
        FAIL() << "added a string";
    } catch (const ArgumentError& error) {
        EXPECT_STREQ(error.what(), "add() argument 'right': expected an integer, got a string");
        EXPECT_EQ(error.path(), "right");
        EXPECT_EQ(error.expected(), "an integer");
        EXPECT_EQ(error.problem(), "got a string");
    }
    const Signature join = signature_of<&Shop::join>({"parts", "separator"});
    try {
        invoke<&Shop::join>(shop, join, join.bind({Array{"a", 1, 2}, ","}, {}));
        FAIL() << "joined a number";
    } catch (const ArgumentError& error) {
        EXPECT_EQ(error.path(), "parts[1]");
    }
    const Signature find = signature_of<&Shop::find>({});
    try {
        invoke<&Shop::find>(shop, find, find.bind({}, {{"text", 5}}));
        FAIL() << "took a number for a text";
    } catch (const ArgumentError& error) {
        EXPECT_EQ(error.path(), "text");
    }
}

TEST(Invoke, lets_the_errors_of_the_method_through) {
    Shop shop;
    const Signature fail = signature_of<&Shop::fail>({});
    EXPECT_THROW(invoke<&Shop::fail>(shop, fail, {}), std::invalid_argument);
}

}  // namespace
}  // namespace hiratake::payload
