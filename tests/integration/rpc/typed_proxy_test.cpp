#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <type_traits>

#include "support/service_test.hpp"

namespace hiratake {
namespace {

struct Sum {
    long value;
    std::string text;
};

struct Adder {
    static constexpr auto name = "test_typed_adder";

    Sum add(long left, long right, std::string_view unit) const {
        return {left + right, std::to_string(left + right) + std::string{unit}};
    }
    long twice(const Sum& sum) { return 2 * sum.value; }
    void nothing() noexcept {}

    static void define(Service<Adder>& adder) {
        adder.rpc<&Adder::add>("left", "right", arg("unit", ""));
        adder.rpc<&Adder::twice>();
        adder.rpc<&Adder::nothing>();
    }
};

struct Asker {
    static constexpr auto name = "test_typed_asker";
    Proxy<Adder> adder;

    long ask(long value) {
        auto sum = adder.call_async<&Adder::add>(value, 1, " m");
        static_assert(std::is_same_v<decltype(sum.result()), Sum>);
        return adder.call<&Adder::twice>(sum.result());
    }

    static void define(Service<Asker>& asker) { asker.rpc<&Asker::ask>("value"); }
};

class TypedProxy : public test::ServiceTest {};

TEST_P(TypedProxy, calls_another_service_as_a_dependency) {
    run<Adder, Asker>();
    EXPECT_EQ(Proxy<Asker>{cluster()}.call<&Asker::ask>(20), 42);
}

TEST_P(TypedProxy, calls_by_way_of_a_client) {
    run<Adder>();
    const Proxy<Adder> adder{cluster()};
    EXPECT_EQ(adder.call<&Adder::add>(2, short{3}, std::string{" km"}).text, "5 km");
    adder.with_timeout(no_timeout).call<&Adder::nothing>();
}

INSTANTIATE_TEST_SUITE_P(over, TypedProxy, test::all_brokers(), test::broker_name);

}  // namespace
}  // namespace hiratake
