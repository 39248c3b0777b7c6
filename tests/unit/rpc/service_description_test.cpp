#include "hiratake/rpc/service_description.hpp"

#include <gtest/gtest.h>

#include "hiratake/payload/conversion_error.hpp"
#include "rpc/read_description.hpp"

namespace hiratake {
namespace {

Object reference(const char* name) {
    return Object{{"$ref", std::string{"#/$defs/"} + name}};
}

ServiceDescription a_description() {
    ServiceDescription description{"shop", "1.2.0", "Sells things.", {}, {}, {}};
    description.methods.push_back({"order", "", {{"item", true, reference("Item")}}, Object{{"type", "null"}}});
    description.events.push_back({"payments", "paid", "singleton", "on_paid", "", reference("Item")});
    description.definitions = {
        {"Item", Object{{"type", "object"},
                        {"properties", Object{{"parts", Object{{"type", "array"}, {"items", reference("Item")}}}}}}}};
    return description;
}

TEST(ServiceDescription, travels_as_an_object_with_its_definitions_as_defs) {
    const Value travelling = a_description().to_value();
    EXPECT_TRUE(travelling.find("$defs")->find("Item"));
    const auto received = ServiceDescription::from_value(travelling);
    EXPECT_EQ(received.to_value(), travelling);
    EXPECT_EQ(received.find_method("order")->parameters.at(0).name, "item");
    EXPECT_EQ(received.find_method("cancel"), nullptr);
}

TEST(ServiceDescription, may_gain_members_in_later_versions) {
    Value travelling = a_description().to_value();
    travelling.as_object().set("since", "tomorrow");
    EXPECT_NO_THROW(ServiceDescription::from_value(travelling));
}

TEST(ServiceDescription, refuses_what_is_none) {
    EXPECT_THROW(ServiceDescription::from_value("text"), ConversionError);
    EXPECT_THROW(ServiceDescription::from_value(Object{{"name", "shop"}}), ConversionError);
}

TEST(ServiceDescription, refuses_references_that_lead_nowhere) {
    auto description = a_description();
    description.methods[0].result = reference("Nothing");
    EXPECT_THROW(ServiceDescription::from_value(description.to_value()), ConversionError);
    description.methods[0].result = Object{{"$ref", "https://example.com/schema"}};
    EXPECT_THROW(ServiceDescription::from_value(description.to_value()), ConversionError);
}

TEST(ServiceDescription, refuses_references_that_lead_back_to_themselves) {
    auto description = a_description();
    description.definitions.set("Left", Object{{"anyOf", Array{Value(reference("Right"))}}});
    description.definitions.set("Right", reference("Left"));
    EXPECT_THROW(ServiceDescription::from_value(description.to_value()), ConversionError);
}

TEST(ServiceDescription, is_told_apart_from_a_service_without_one) {
    const auto read = [](auto reply) { return rpc::read_description("pyecho", reply); };
    EXPECT_THROW(read([]() -> Value { throw MethodNotFound("hiratake-describe"); }), NoServiceDescription);
    EXPECT_THROW(read([]() -> Value { return 7; }), MalformedReply);
    EXPECT_THROW(read([]() -> Value { throw RpcTimeout("too late"); }), RpcTimeout);
}

}  // namespace
}  // namespace hiratake
