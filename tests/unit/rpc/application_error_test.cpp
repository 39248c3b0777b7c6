#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "hiratake/payload/json.hpp"
#include "hiratake/service/application_error_of.hpp"
#include "hiratake/service/entrypoint_options.hpp"
#include "hiratake/service/exceptions.hpp"
#include "rpc/exception_on_wire.hpp"
#include "rpc/raise_known.hpp"

namespace hiratake::rpc::bank {

struct Shortage {
    std::string account;
    long missing_cents;
    std::optional<bool> is_final = std::nullopt;
};
struct InsufficientFunds : ApplicationErrorOf<Shortage> {
    using ApplicationErrorOf::ApplicationErrorOf;
};
struct AccountClosed : ApplicationError {
    static constexpr auto path = "bank.errors.AccountClosed";
    using ApplicationError::ApplicationError;
};
struct AccountFrozen : AccountClosed {
    using AccountClosed::AccountClosed;
};
struct Unlisted : ApplicationErrorOf<long> {
    using ApplicationErrorOf::ApplicationErrorOf;
};

constexpr ApplicationErrorTypes known = exceptions<InsufficientFunds, AccountClosed>;
const std::string funds_path = "hiratake.rpc.bank.InsufficientFunds";

template <class Exception>
wire::ErrorObject on_wire(Exception error, ApplicationErrorTypes types = known) {
    return exception_on_wire(std::make_exception_ptr(error), types);
}

RemoteError remote(const std::string& path, const std::string& value, const char* arguments) {
    return {"InsufficientFunds", path, value, parse_json(arguments).as_array(),
            ErrorOrigin{"bank", "withdraw", "InsufficientFunds", path, value}};
}

InsufficientFunds raised(const char* arguments, const std::string& value = "too poor") {
    try {
        raise_known(remote(funds_path, value, arguments), known);
    } catch (const InsufficientFunds& error) {
        return error;
    }
    ADD_FAILURE() << "not known: " << arguments;
    return {"", {}};
}

TEST(ApplicationErrorOnWire, has_its_text_and_its_details_as_arguments) {
    const auto error = on_wire(InsufficientFunds{"3 EUR are missing", {.account = "4711", .missing_cents = 300}});
    EXPECT_EQ(write_json(error.to_value()),
              R"({"exc_type": "InsufficientFunds", "exc_path": "hiratake.rpc.bank.InsufficientFunds", "exc_args": )"
              R"(["3 EUR are missing", {"account": "4711", "missing_cents": 300, "is_final": null}], )"
              R"("value": "3 EUR are missing"})");
}

TEST(ApplicationErrorOnWire, is_named_as_its_type_says) {
    EXPECT_EQ(on_wire(AccountClosed{"closed"}),
              (wire::ErrorObject{"AccountClosed", "bank.errors.AccountClosed", {"closed"}, "closed"}));
    EXPECT_EQ(on_wire(AccountFrozen{"frozen"}).exc_type, "AccountClosed") << "a caller catches it as its base";
    EXPECT_EQ(on_wire(Unlisted{"five", 5}),
              (wire::ErrorObject{"Unlisted", "hiratake.rpc.bank.Unlisted", {"five", 5}, "five"}));
}

TEST(ApplicationErrorOnWire, keeps_where_it_came_from) {
    AccountClosed error{"closed"};
    error.came_from({"bank", "withdraw", "AccountClosed", "bank.errors.AccountClosed", "closed"});
    const auto object = wire::ErrorObject::from_value(on_wire(error, {}).to_value());
    EXPECT_EQ(object.origin, error.origin());
    EXPECT_EQ(object.exc_path, "bank.errors.AccountClosed") << "though the service that lets it out does not name it";
}

TEST(RaiseKnown, brings_the_details_back) {
    const auto error =
        raised(R"(["3 EUR are missing", {"account": "4711", "missing_cents": 300, "is_final": true}])", "a tuple");
    EXPECT_STREQ(error.what(), "3 EUR are missing");
    EXPECT_EQ(error.details().account, "4711");
    EXPECT_EQ(error.details().missing_cents, 300);
    EXPECT_EQ(error.details().is_final, true);
    EXPECT_EQ(error.origin()->method, "withdraw");
}

TEST(RaiseKnown, brings_back_details_that_are_no_struct) {
    const auto object = on_wire(Unlisted{"five", 5});
    try {
        raise_known(RemoteError{object.exc_type, object.exc_path, object.value, object.exc_args}, exceptions<Unlisted>);
        FAIL() << "it is not known";
    } catch (const Unlisted& error) {
        EXPECT_STREQ(error.what(), "five");
        EXPECT_EQ(error.details(), 5);
    }
}

// Nameko makes texts of all arguments that are none.
TEST(RaiseKnown, reads_what_python_sends) {
    const auto named = raised(R"([{"account": "None", "missing_cents": "300", "is_final": "None"}])");
    EXPECT_EQ(named.details().account, "None");
    EXPECT_EQ(named.details().missing_cents, 300);
    EXPECT_EQ(named.details().is_final, std::nullopt);
    EXPECT_STREQ(named.what(), "too poor");
    const auto by_position = raised(R"(["4711", "300", "False"])");
    EXPECT_EQ(by_position.details().account, "4711");
    EXPECT_EQ(by_position.details().is_final, false);
}

TEST(RaiseKnown, leaves_alone_what_it_does_not_know) {
    EXPECT_NO_THROW(raise_known(remote("bank.Other", "", "[]"), known));
    EXPECT_NO_THROW(raise_known(remote("", "", "[]"), known));
    EXPECT_NO_THROW(raise_known(remote(funds_path, "", "[]"), {}));
}

TEST(RaiseKnown, leaves_alone_what_does_not_fit) {
    for (const char* arguments :
         {"[]", "[null]", R"(["only a text"])", R"(["text", {"account": 5, "missing_cents": {}}])",
          R"(["text", {"account": "4711"}])", R"(["text", {"account": "4711", "missing_cents": "many"}])",
          R"(["4711", "1e400", "None"])", R"([[[]], {}, 5, "six"])"}) {
        EXPECT_NO_THROW(raise_known(remote(funds_path, "", arguments), known)) << arguments;
    }
}

TEST(RaiseKnown, needs_no_arguments_where_there_are_no_details) {
    EXPECT_THROW(raise_known(remote("bank.errors.AccountClosed", "gone", "[]"), known), AccountClosed);
}

TEST(ExpectedErrors, are_those_that_the_class_names) {
    EntrypointOptions options;
    options.expects(known).expects<std::out_of_range>();
    const auto is_expected = [&](auto error) { return options.is_expected(std::make_exception_ptr(error)); };
    EXPECT_TRUE(is_expected(AccountFrozen{"frozen"}));
    EXPECT_TRUE(is_expected(std::out_of_range("")));
    EXPECT_FALSE(is_expected(Unlisted{"", 1}));
    EXPECT_FALSE(is_expected(std::runtime_error("")));
}

}  // namespace hiratake::rpc::bank
