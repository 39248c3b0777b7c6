#include <gtest/gtest.h>

#include "hiratake/payload/arguments.hpp"
#include "hiratake/payload/json.hpp"
#include "payload/schema_validator.hpp"

namespace hiratake::payload {
namespace {

struct Line {
    std::string product;
    int count;
    static void describe(Fields& fields) {
        fields.doc("One line of an order");
        fields["product"].pattern("^[A-Z]{2}-[0-9]+$").example("AB-17");
        fields["count"].doc("How many").minimum(1).maximum(100);
    }
};

struct Order {
    long id;
    std::vector<Line> lines;
    std::optional<std::string> note;
};

struct Misdescribed {
    int count;
    static void describe(Fields& fields) { fields["number"].minimum(1); }
};

enum class Color { red, green };

struct Shop {
    void list(std::string, int, double) {}
    void place(Order) {}
    long paint(Color, std::optional<int>) { return 0; }
    void misdescribed(Misdescribed) {}
};

std::string text_of(const std::vector<ValueProblem>& problems) {
    std::string text;
    for (const auto& each : problems) text += each.path + ": " + each.problem + ", expected " + each.expected + "\n";
    return text;
}

std::string problems_of(const Signature& signature, std::string_view json) {
    return text_of(signature.problems(parse_json(json).as_object()));
}

const Signature& list() {
    static const Signature signature =
        signature_of<&Shop::list>({arg("category").min_length(2).max_length(4), arg("limit", 10).minimum(1),
                                   arg("factor", 1.5).above(0).below(2)});
    return signature;
}

TEST(Rules, find_everything_that_is_wrong_at_once) {
    EXPECT_EQ(problems_of(list(), R"({"category": "x", "limit": 0, "factor": 2, "other": 1})"),
              "category: got 1 characters, expected a string of 2 to 4 characters\n"
              "limit: got 0, expected an integer from 1 to 2147483647\n"
              "factor: got 2, expected a number above 0 below 2\n"
              "other: it is not known here, expected \n");
    EXPECT_EQ(problems_of(list(), "{}"), "category: it is missing, expected a string\n");
    EXPECT_EQ(problems_of(list(), R"({"category": "äöü", "limit": "3"})"),
              "limit: got a string, expected an integer\n");
    EXPECT_EQ(problems_of(list(), R"({"category": "tea", "factor": 1})"), "");
}

TEST(Rules, of_a_struct_hold_wherever_it_is_used) {
    const auto place = signature_of<&Shop::place>({});
    EXPECT_EQ(problems_of(place, R"({"id": 1, "lines": [{"product": "AB-1", "count": 1}]})"), "");
    EXPECT_EQ(problems_of(place, R"({"id": 1.5, "lines": [{"product": "ab", "count": 101}, {"product": "AB-1"}, 7]})"),
              "id: got a number, expected an integer\n"
              "lines[0].product: got 'ab', expected a string that matches ^[A-Z]{2}-[0-9]+$\n"
              "lines[0].count: got 101, expected an integer from 1 to 100\n"
              "lines[1].count: it is missing, expected an integer\n"
              "lines[2]: got an integer, expected an object\n");
    EXPECT_EQ(problems_of(place, R"({"id": 1, "lines": [], "note": 5})"), "note: got an integer, expected a string\n");
}

TEST(Rules, know_choices) {
    const auto paint = signature_of<&Shop::paint>({"color", arg("coats", Value{}).one_of({1, 2, 3})});
    EXPECT_EQ(problems_of(paint, R"({"color": "blue", "coats": 4})"),
              "color: got 'blue', expected one of 'red', 'green'\ncoats: got 4, expected one of 1, 2, 3\n");
    EXPECT_EQ(problems_of(paint, R"({"color": "red", "coats": 3})"), "");
}

TEST(Rules, leave_wrapped_values_to_the_conversion) {
    EXPECT_EQ(problems_of(list(), R"({"category": {"__type__": "decimal", "__value__": "1.5"}})"), "");
}

TEST(Rules, stop_at_a_bound) {
    const auto place = signature_of<&Shop::place>({});
    std::string json = R"({"id": 1, "lines": [7)";
    for (int i = 0; i < 1000; ++i) json += ", 7";
    EXPECT_EQ(place.problems(parse_json(json + "]}").as_object()).size(), SchemaValidator::most_problems);
}

TEST(Rules, are_enforced_when_a_call_is_bound) {
    EXPECT_NO_THROW(list().bind({"tea"}, {}));
    try {
        list().bind({"tea", 0}, {});
        FAIL() << "nothing was thrown";
    } catch (const ArgumentError& error) {
        EXPECT_STREQ(error.what(), "list() argument 'limit': expected an integer from 1 to 2147483647, got 0");
    }
    EXPECT_THROW(signature_of<&Shop::place>({}).bind({}, parse_json(R"({"id": 1, "lines": [{"product": "AB-1",
        "count": 0}]})")
                                                             .as_object()),
                 ArgumentError);
}

TEST(Rules, must_make_sense) {
    EXPECT_THROW(signature_of<&Shop::misdescribed>({}), ConfigurationError);
    EXPECT_THROW(signature_of<&Shop::list>({arg("a").pattern("(?=x)"), "b", "c"}), ConfigurationError);
}

TEST(Rules, are_shown_in_the_schemas) {
    SchemaBuilder schemas;
    EXPECT_EQ(write_json(list().arguments_schema(schemas)),
              R"({"type": "object", "properties": {"category": {"type": "string", "minLength": 2, "maxLength": 4}, )"
              R"("limit": {"type": "integer", "minimum": 1, "maximum": 2147483647, "default": 10}, )"
              R"("factor": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 2, "default": 1.5}}, )"
              R"("required": ["category"], "additionalProperties": false})");
    EXPECT_EQ(write_json(list().result_schema(schemas)), R"({"type": "null"})");
    const auto place = signature_of<&Shop::place>({});
    EXPECT_EQ(write_json(place.arguments_schema(schemas)), R"({"$ref": "#/$defs/Order"})");
    EXPECT_EQ(
        write_json(*schemas.definitions().find("Line")),
        R"({"type": "object", "properties": {"product": {"type": "string", "pattern": "^[A-Z]{2}-[0-9]+$", )"
        R"("examples": ["AB-17"]}, "count": {"type": "integer", "minimum": 1, "maximum": 100, )"
        R"("description": "How many"}}, "required": ["product", "count"], "description": "One line of an order"})");
}

}  // namespace
}  // namespace hiratake::payload
