#include <gtest/gtest.h>

#include "hiratake/payload/convert.hpp"
#include "hiratake/payload/json.hpp"
#include "hiratake/payload/schema_builder.hpp"

namespace first {
struct Node {
    std::string name;
    std::vector<Node> children;
};
}  // namespace first

namespace second {
struct Node {
    int id;
};
enum class Color { red, green };
struct Options {
    static constexpr auto missing_fields = hiratake::MissingFields::keep_defaults;
    static constexpr auto unknown_fields = hiratake::UnknownFields::are_errors;
    Color color = Color::green;
    std::optional<double> size;
};
struct Both {
    first::Node a;
    Node b;
    Node c;
};
struct Unschooled {};
}  // namespace second

template <>
struct hiratake::Converter<second::Unschooled> {
    static Value to_value(second::Unschooled) { return "x"; }
};

namespace hiratake {
namespace {

template <class T>
std::string schema_of() {
    return write_json(json_schema<T>());
}

TEST(Schema, describes_plain_types) {
    EXPECT_EQ(schema_of<bool>(), R"({"type": "boolean"})");
    EXPECT_EQ(schema_of<std::uint8_t>(), R"({"type": "integer", "minimum": 0, "maximum": 255})");
    EXPECT_EQ(schema_of<float>(), R"({"type": "number"})");
    EXPECT_EQ(schema_of<std::string>(), R"({"type": "string"})");
    EXPECT_EQ(schema_of<Value>(), "{}");
    EXPECT_EQ(schema_of<second::Color>(), R"({"type": "string", "enum": ["red", "green"]})");
    EXPECT_EQ(schema_of<std::chrono::seconds>(), R"({"type": "number", "description": "seconds"})");
    EXPECT_EQ(schema_of<second::Unschooled>(), "{}");
}

TEST(Schema, describes_containers) {
    EXPECT_EQ(schema_of<std::vector<std::string>>(), R"({"type": "array", "items": {"type": "string"}})");
    EXPECT_EQ(schema_of<std::optional<bool>>(), R"({"anyOf": [{"type": "boolean"}, {"type": "null"}]})");
    EXPECT_EQ((schema_of<std::array<bool, 2>>()),
              R"({"type": "array", "items": {"type": "boolean"}, "minItems": 2, "maxItems": 2})");
    EXPECT_EQ(
        (schema_of<std::pair<bool, std::string>>()),
        R"({"type": "array", "prefixItems": [{"type": "boolean"}, {"type": "string"}], "minItems": 2, "maxItems": 2})");
    EXPECT_EQ((schema_of<std::map<std::string, bool>>()),
              R"({"type": "object", "additionalProperties": {"type": "boolean"}})");
    EXPECT_EQ((schema_of<std::variant<bool, std::string>>()),
              R"({"anyOf": [{"type": "boolean"}, {"type": "string"}]})");
}

TEST(Schema, defines_structs_once_even_when_they_contain_themselves) {
    EXPECT_EQ(
        schema_of<first::Node>(),
        R"({"$ref": "#/$defs/Node", "$defs": {"Node": {"type": "object", "properties": {"name": {"type": "string"}, )"
        R"("children": {"type": "array", "items": {"$ref": "#/$defs/Node"}}}, "required": ["name", "children"]}}})");
}

TEST(Schema, tells_types_of_the_same_name_apart) {
    SchemaBuilder schemas("#/components/schemas/");
    EXPECT_EQ(write_json(schemas.of<second::Both>()), R"({"$ref": "#/components/schemas/Both"})");
    const Value* both = schemas.definitions().find("Both");
    ASSERT_NE(both, nullptr);
    EXPECT_EQ(write_json(*both->find("properties")),
              R"({"a": {"$ref": "#/components/schemas/Node"}, "b": {"$ref": "#/components/schemas/second.Node"}, )"
              R"("c": {"$ref": "#/components/schemas/second.Node"}})");
    EXPECT_EQ(schemas.definitions().size(), 3u);
}

TEST(Schema, shows_defaults_and_closed_structs) {
    const Value schema = json_schema<second::Options>();
    EXPECT_EQ(write_json(*schema.find("$defs")->find("Options")),
              R"({"type": "object", "properties": {)"
              R"("color": {"type": "string", "enum": ["red", "green"], "default": "green"}, )"
              R"("size": {"anyOf": [{"type": "number"}, {"type": "null"}], "default": null}}, )"
              R"("additionalProperties": false})");
}

}  // namespace
}  // namespace hiratake
