#include "hiratake/payload/sensitive_paths.hpp"

#include <gtest/gtest.h>

#include "hiratake/base/error.hpp"
#include "hiratake/payload/arguments.hpp"
#include "hiratake/payload/json.hpp"

namespace hiratake::payload {
namespace {

std::string redacted(std::vector<std::string> paths, const char* json) {
    return write_json(SensitivePaths{paths}.redacted(parse_json(json)));
}

TEST(SensitivePaths, hide_arguments_and_parts_of_them) {
    constexpr auto json = R"({"user": "a", "card": {"number": 17, "name": "A"}, "keys": [1, {"k": 2}]})";
    EXPECT_EQ(redacted({"user", "card.number"}, json),
              R"({"user": "********", "card": {"number": "********", "name": "A"}, "keys": [1, {"k": 2}]})");
    EXPECT_EQ(redacted({"keys[0]", "card"}, json),
              R"({"user": "a", "card": "********", "keys": ["********", {"k": 2}]})");
    EXPECT_EQ(redacted({"keys[*].k"}, json),
              R"({"user": "a", "card": {"number": 17, "name": "A"}, "keys": [1, {"k": "********"}]})");
    EXPECT_EQ(redacted({""}, json), R"("********")");
}

TEST(SensitivePaths, leave_alone_what_they_do_not_lead_to) {
    constexpr auto json = R"({"card": 5, "keys": {}})";
    EXPECT_EQ(redacted({"card.number", "keys[1]", "other", "card[0]"}, json), json);
}

TEST(SensitivePaths, concern_places_at_below_and_above) {
    const SensitivePaths paths{{"card.number", "keys[2]", "all[*].x"}};
    for (const char* place :
         {"card.number", "card.number.digits[1]", "card", "keys[2]", "keys", "all[7].x", "all", ""}) {
        EXPECT_TRUE(paths.concern(place)) << place;
    }
    for (const char* place : {"card.name", "cards", "keys[1]", "keys.2", "all[7].y", "number", "[2]"}) {
        EXPECT_FALSE(paths.concern(place)) << place;
    }
    EXPECT_FALSE(SensitivePaths{}.concern(""));
}

TEST(SensitivePaths, go_on_below_a_member_and_below_elements) {
    const SensitivePaths paths{{"order.card", "order", "orders[*].card", "orders[1]"}};
    EXPECT_EQ(paths.below("order").texts(), (std::vector<std::string>{"card", ""}));
    EXPECT_EQ(paths.below("orders").below_elements().texts(), (std::vector<std::string>{"card", ""}));
}

TEST(SensitivePaths, refuse_what_is_no_path) {
    for (const char* text : {"a..b", ".a", "a.", "a]", "a[", "a[x]", "a[-1]", "a[]", "a[1]b"}) {
        EXPECT_THROW(SensitivePaths{{text}}, ConfigurationError) << text;
    }
}

TEST(SensitivePaths, are_taken_out_of_problems) {
    const SensitivePaths paths{{"pin"}};
    EXPECT_EQ(paths.redacted(ValueProblem{"pin", "got 'secret'", "an integer"}).problem, "it does not fit");
    EXPECT_EQ(paths.redacted(ValueProblem{"pin", "it is missing", "an integer"}).problem, "it is missing");
    EXPECT_EQ(paths.redacted(ValueProblem{"user", "got 'x'", "an integer"}).problem, "got 'x'");
}

enum class Colour { red };
struct Card {
    std::string number;
    Colour colour;
};
struct Safe {
    void open(std::string, Card) {}
    void take(Card) {}
};

std::string error_of(const Signature& signature, const char* arguments) {
    try {
        static_cast<void>(
            read_arguments<&Safe::open>(signature, signature.bind({}, parse_json(arguments).as_object())));
    } catch (const ArgumentError& error) {
        return error.what();
    }
    return "no error";
}

TEST(Signature, keeps_sensitive_arguments_out_of_its_errors) {
    Signature signature = signature_of<&Safe::open>({arg("pin").pattern("^[0-9]+$"), "card"});
    constexpr auto bad_pin = R"({"pin": "s3cret", "card": {"number": "1", "colour": "red"}})";
    constexpr auto bad_colour = R"({"pin": "1", "card": {"number": "1", "colour": "s3cret"}})";
    EXPECT_NE(error_of(signature, bad_pin).find("s3cret"), std::string::npos);
    EXPECT_NE(error_of(signature, bad_colour).find("s3cret"), std::string::npos);
    signature.hide(SensitivePaths{{"pin", "card.colour"}});
    EXPECT_EQ(error_of(signature, bad_pin),
              "open() argument 'pin': expected a string that matches ^[0-9]+$, it does not fit");
    EXPECT_EQ(error_of(signature, bad_colour), "open() argument 'card.colour': expected one of 'red', it does not fit");
    for (const ValueProblem& problem : signature.problems(parse_json(bad_colour).as_object())) {
        EXPECT_EQ(problem.problem, "it does not fit");
    }
}

TEST(Signature, refuses_to_hide_what_is_none_of_its_arguments) {
    Signature signature = signature_of<&Safe::open>({"pin", "card"});
    EXPECT_THROW(signature.hide(SensitivePaths{{"pni"}}), ConfigurationError);
    Signature of_struct = signature_of<&Safe::take>({});
    EXPECT_THROW(of_struct.hide(SensitivePaths{{"card.number"}}), ConfigurationError);
    EXPECT_NO_THROW(of_struct.hide(SensitivePaths{{"number"}}));
}

TEST(Signature, knows_what_is_sensitive_in_its_first_argument) {
    Signature separate = signature_of<&Safe::open>({"pin", "card"});
    separate.hide(SensitivePaths{{"pin", "card.number"}});
    EXPECT_EQ(separate.sensitive_in_first().texts(), std::vector<std::string>{""});
    Signature of_struct = signature_of<&Safe::take>({});
    of_struct.hide(SensitivePaths{{"number"}});
    EXPECT_EQ(of_struct.sensitive_in_first().texts(), std::vector<std::string>{"number"});
}

}  // namespace
}  // namespace hiratake::payload
