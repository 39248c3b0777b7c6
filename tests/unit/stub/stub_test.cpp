#include <gtest/gtest.h>

#include <string>

#include "hiratake/rpc/service_description.hpp"
#include "stub/cpp_stub.hpp"
#include "stub/identifiers.hpp"
#include "stub/python_stub.hpp"

namespace hiratake::stub {
namespace {

const Object text{{"type", "string"}};
const Object null{{"type", "null"}};

ServiceDescription with_method(MethodDescription method) {
    ServiceDescription description{"my-shop", "1.0", "", {}, {}, {}};
    description.methods.push_back(std::move(method));
    return description;
}

bool contains(const std::string& all, std::string_view part) {
    return all.find(part) != std::string::npos;
}

TEST(Scope, makes_names_of_any_text_and_none_twice) {
    Scope scope{&is_cpp_name, {"taken"}};
    EXPECT_EQ(scope.add("plain"), "plain");
    EXPECT_EQ(scope.add("plain"), "plain_");
    EXPECT_EQ(scope.add("class"), "class_");
    EXPECT_EQ(scope.add("from-x"), "from_x");
    EXPECT_EQ(scope.add("2nd"), "_2nd");
    EXPECT_EQ(scope.add("taken"), "taken_");
    EXPECT_EQ(scope.add(""), "_");
}

TEST(CppStub, escapes_the_names_that_mean_something_else) {
    const std::string stub = write_cpp_stub(with_method({"proxy", "", {{"new", true, text}}, null}));
    EXPECT_TRUE(contains(stub, "namespace my_shop_service {")) << stub;
    EXPECT_TRUE(contains(stub, "void operator()(std::string new_) const")) << stub;
    EXPECT_TRUE(contains(stub, "const ProxyMethod proxy_{*this};")) << stub;
    EXPECT_TRUE(contains(stub, R"(start<void>("proxy", hiratake::arg("new", std::move(new_))))")) << stub;
}

TEST(CppStub, gives_a_default_only_where_all_that_follow_have_one) {
    const Object limit{{"type", "integer"}, {"default", 10}};
    const std::string stub =
        write_cpp_stub(with_method({"find", "", {{"limit", false, limit}, {"text", true, text}}, null}));
    EXPECT_TRUE(contains(stub, "(std::int64_t limit, std::string text)")) << stub;
}

TEST(CppStub, takes_anything_where_a_schema_says_what_cpp_cannot) {
    ServiceDescription description =
        with_method({"put", "", {{"thing", true, Object{}}}, Object{{"$ref", "#/$defs/T"}}});
    description.definitions.set("T", Object{{"properties", Object{{"class", text}}}});
    const std::string stub = write_cpp_stub(description);
    EXPECT_TRUE(contains(stub, "using T = hiratake::Value;")) << stub;
    EXPECT_TRUE(contains(stub, "T operator()(hiratake::Value thing) const")) << stub;
}

TEST(Stubs, keep_texts_of_the_service_inside_of_comments) {
    ServiceDescription description = with_method({"f", "one \\\ntwo\r\"\"\"\nraise", {}, null});
    description.version = "1\nimport os\n\"\"\"";
    const std::string cpp = write_cpp_stub(description);
    EXPECT_TRUE(contains(cpp, "of my-shop 1 import os")) << cpp;
    EXPECT_TRUE(contains(cpp, "/// one /\n        /// two '''\n        /// raise\n")) << cpp;
    const std::string python = write_python_stub(description);
    EXPECT_TRUE(python.starts_with("\"\"\"A client of the service my-shop 1 import os ''',")) << python;
    EXPECT_TRUE(contains(python, "\"\"\"one / two ''' raise\"\"\"\n")) << python;
}

}  // namespace
}  // namespace hiratake::stub
