#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "support/service_test.hpp"

namespace hiratake {
namespace {

struct Shortage {
    std::string account;
    long missing_cents;
};

struct InsufficientFunds : ApplicationErrorOf<Shortage> {
    static constexpr auto path = "bank.errors.InsufficientFunds";
    using ApplicationErrorOf::ApplicationErrorOf;
};

struct Bank {
    static constexpr auto name = "test_exceptions_bank";
    static constexpr auto exceptions = hiratake::exceptions<InsufficientFunds>;

    void withdraw(std::string account, long cents) {
        if (cents < 0) throw std::invalid_argument("there is no less than nothing");
        throw InsufficientFunds{"too little is left", {.account = account, .missing_cents = cents}};
    }

    static void define(Service<Bank>& bank) { bank.rpc<&Bank::withdraw>("account", "cents"); }
};

/// Lets out what its calls end with.
struct Shop {
    static constexpr auto name = "test_exceptions_shop";
    static constexpr auto exceptions = hiratake::exceptions<InsufficientFunds>;
    Proxy<Bank> bank;

    void pay(long cents) { bank.call<&Bank::withdraw>("4711", cents); }
    void misspell() { bank.proxy().call("withdrow"); }

    static void define(Service<Shop>& shop) {
        shop.rpc<&Shop::pay>("cents");
        shop.rpc<&Shop::misspell>();
    }
};

struct Mall {
    static constexpr auto name = "test_exceptions_mall";
    Proxy<Shop> shop;

    void pay(long cents) { shop.call<&Shop::pay>(cents); }

    static void define(Service<Mall>& mall) { mall.rpc<&Mall::pay>("cents"); }
};

template <class Exception, class Call>
Exception thrown_by(const Call& call) {
    try {
        call();
    } catch (const Exception& error) {
        return error;
    }
    throw std::logic_error("nothing was thrown");
}

class Exceptions : public test::ServiceTest {
  protected:
    void SetUp() override {
        ServiceTest::SetUp();
        if (!IsSkipped()) run<Bank, Shop, Mall>();
    }
};

TEST_P(Exceptions, are_thrown_as_what_they_are) {
    const Proxy<Bank> bank{cluster()};
    const auto error = thrown_by<InsufficientFunds>([&] { bank.call<&Bank::withdraw>("4711", 300); });
    EXPECT_STREQ(error.what(), "too little is left");
    EXPECT_EQ(error.details().account, "4711");
    EXPECT_EQ(error.details().missing_cents, 300);
    auto reply = bank.call_async<&Bank::withdraw>("4711", 5);
    EXPECT_EQ(thrown_by<InsufficientFunds>([&] { reply.result(); }).details().missing_cents, 5);
    EXPECT_TRUE(comes_to_be_logged("(expected) error in worker test_exceptions_bank.withdraw")) << whole_log();
}

TEST_P(Exceptions, are_known_to_a_proxy_that_is_told_of_them) {
    const RpcProxy bank = service("test_exceptions_bank");
    const auto unknown = thrown_by<RemoteError>([&] { bank.call("withdraw", "4711", 300); });
    EXPECT_EQ(unknown.path(), "bank.errors.InsufficientFunds");
    EXPECT_EQ(unknown.message(), "too little is left");
    const auto known = bank.throwing(hiratake::exceptions<InsufficientFunds>).idempotent();
    EXPECT_EQ(thrown_by<InsufficientFunds>([&] { known.call("withdraw", "4711", 300); }).details().account, "4711");
}

TEST_P(Exceptions, keep_their_type_and_their_origin_through_other_services) {
    const RpcProxy mall = service("test_exceptions_mall").throwing(hiratake::exceptions<InsufficientFunds>);
    const auto error = thrown_by<InsufficientFunds>([&] { mall.call("pay", 300); });
    EXPECT_EQ(error.details().missing_cents, 300);
    EXPECT_EQ(error.origin(), (ErrorOrigin{"test_exceptions_bank", "withdraw", "InsufficientFunds",
                                           "bank.errors.InsufficientFunds", "too little is left"}));
}

TEST_P(Exceptions, of_other_types_keep_their_origin_too) {
    const auto error = thrown_by<RemoteError>([&] { service("test_exceptions_mall").call("pay", -1); });
    EXPECT_EQ(error.type(), "RemoteError");
    EXPECT_EQ(error.message(), "RemoteError invalid_argument there is no less than nothing");
    EXPECT_EQ(error.origin(), (ErrorOrigin{"test_exceptions_bank", "withdraw", "invalid_argument",
                                           "std.invalid_argument", "there is no less than nothing"}));
    EXPECT_TRUE(comes_to_be_logged("(in test_exceptions_bank.withdraw)")) << whole_log();
    const auto missing = thrown_by<MethodNotFound>([&] { service("test_exceptions_shop").call("misspell"); });
    EXPECT_EQ(missing.origin()->service, "test_exceptions_bank");
}

INSTANTIATE_TEST_SUITE_P(over, Exceptions, test::all_brokers(), test::broker_name);

}  // namespace
}  // namespace hiratake
