#include <gmock/gmock.h>

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "hiratake/client/connection.hpp"
#include "support/service_test.hpp"

namespace hiratake {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

enum class Colour { red, green };

struct Item {
    std::string name;
    double price;
    std::optional<int> count;
};

struct Order {
    Colour colour;
    std::vector<Item> items;
};

struct Shop {
    static constexpr auto name = "test_rpc_shop";
    RpcProxy stock{"test_rpc_stock"};

    std::string echo(std::string text) { return text; }
    long add(long x, long y) { return x + y; }
    void nothing() {}
    double total(Order order) {
        double sum = 0;
        for (const Item& item : order.items) sum += item.price * item.count.value_or(1);
        return order.colour == Colour::green ? sum / 2 : sum;
    }
    void paint(Colour pin, Order) { static_cast<void>(pin); }
    std::string fail(std::string why) { throw std::invalid_argument(why); }
    double not_a_number() { return std::numeric_limits<double>::quiet_NaN(); }
    long ask_stock(std::string product) { return stock.call<long>("count", product); }
    std::string ask_nobody() { return RpcProxy{stock}.call<std::string>("no_such_method"); }

    static void define(Service<Shop>& shop) {
        shop.rpc<&Shop::echo>("text");
        shop.rpc<&Shop::add>("x", arg("y", 10));
        shop.rpc<&Shop::nothing>();
        shop.rpc<&Shop::total>();
        shop.rpc<&Shop::paint>("pin", "order").sensitive({"pin", "order.items[*].name"});
        shop.rpc<&Shop::fail>("why").expects<std::invalid_argument>();
        shop.rpc<&Shop::not_a_number>();
        shop.rpc<&Shop::ask_stock>("product");
        shop.rpc<&Shop::ask_nobody>();
    }
};

struct Stock {
    static constexpr auto name = "test_rpc_stock";

    long count(std::string product) { return static_cast<long>(product.size()); }

    static void define(Service<Stock>& stock) { stock.rpc<&Stock::count>("product"); }
};

class Rpc : public test::ServiceTest {
  protected:
    void SetUp() override {
        ServiceTest::SetUp();
        if (!IsSkipped()) run<Shop, Stock>();
    }
    RpcProxy shop() { return service("test_rpc_shop"); }
};

TEST_P(Rpc, returns_the_result_of_a_method) {
    EXPECT_EQ(shop().call<std::string>("echo", "hello"), "hello");
    EXPECT_EQ(shop().call<long>("add", 2, 3), 5);
    EXPECT_NO_THROW(shop().call<void>("nothing"));
    EXPECT_TRUE(shop().call("nothing").is_null());
}

TEST_P(Rpc, carries_any_text) {
    const std::string text = "h\u00e9 \U0001F344 \"quoted\" \\ \n \u0000 end";
    EXPECT_EQ(shop().call<std::string>("echo", text), text);
}

TEST_P(Rpc, carries_a_body_of_many_frames) {
    const std::string text(1'000'000, 'x');
    EXPECT_EQ(shop().call<std::string>("echo", text), text);
}

TEST_P(Rpc, matches_keyword_and_default_arguments) {
    EXPECT_EQ(shop().call<long>("add", 2), 12);
    EXPECT_EQ(shop().call<long>("add", arg("y", 3), arg("x", 2)), 5);
    EXPECT_EQ(shop().call<long>("add", 2, arg("y", 3)), 5);
}

TEST_P(Rpc, takes_structs_apart_by_their_fields) {
    const Order order{Colour::green, {{"tea", 3.0, 2}, {"cup", 4.0, std::nullopt}}};
    EXPECT_EQ(shop().call<double>("total", order), 5.0);
    EXPECT_EQ(shop().call<double>("total", arg("colour", "red"), arg("items", order.items)), 10.0);
}

TEST_P(Rpc, brings_a_thrown_exception_to_the_caller) {
    try {
        shop().call<std::string>("fail", "too late");
        FAIL() << "no exception";
    } catch (const RemoteError& error) {
        EXPECT_EQ(error.type(), "invalid_argument");
        EXPECT_EQ(error.path(), "std.invalid_argument");
        EXPECT_EQ(error.message(), "too late");
    }
}

TEST_P(Rpc, says_what_is_wrong_with_a_call) {
    EXPECT_THROW(shop().call("no_such_method"), MethodNotFound);
    EXPECT_THROW(shop().call("add"), IncorrectSignature);
    EXPECT_THROW(shop().call("add", 1, 2, 3), IncorrectSignature);
    EXPECT_THROW(shop().call("add", 1, arg("z", 3)), IncorrectSignature);
    EXPECT_THROW(shop().call("add", "one"), IncorrectSignature);
    EXPECT_THROW(shop().call<long>("echo", "text"), MalformedReply);
    EXPECT_THROW(service("test_rpc_nobody").call("x"), UnknownService);
}

TEST_P(Rpc, shows_no_sensitive_argument) {
    const auto refusal = [&](const Value& pin, const Value& name, const Value& colour) {
        const Value items = Array{Object{{"name", name}, {"price", 1.0}}};
        try {
            shop().call("paint", pin, Object{{"colour", colour}, {"items", items}});
        } catch (const IncorrectSignature& error) {
            return std::string{error.what()};
        }
        return std::string{"no refusal"};
    };
    EXPECT_EQ(refusal("s3cret", "n", "red"), "paint() argument 'pin': expected one of 'red', 'green', it does not fit");
    EXPECT_THAT(refusal("red", 17001, "red"), HasSubstr("'order.items[0].name': expected a string, it does not fit"));
    EXPECT_THAT(refusal("red", "n", "blue"), HasSubstr("got 'blue'"));
    EXPECT_TRUE(comes_to_be_logged("got 'blue'")) << whole_log();
    EXPECT_FALSE(logged("s3cret")) << whole_log();
}

TEST_P(Rpc, calls_another_service_from_inside_a_worker) {
    EXPECT_EQ(shop().call<long>("ask_stock", "four"), 4);
}

TEST_P(Rpc, flattens_a_remote_error_that_is_not_caught_on_the_way) {
    try {
        shop().call("ask_nobody");
        FAIL() << "no exception";
    } catch (const MethodNotFound& error) {
        EXPECT_EQ(error.method_name(), "no_such_method");
    }
}

TEST_P(Rpc, keeps_many_calls_apart) {
    std::map<int, Reply<long>> replies;
    for (int i = 0; i < 500; ++i) replies.emplace(i, shop().call_async<long>("add", i, i));
    for (auto& [i, reply] : replies) EXPECT_EQ(reply.result(), 2 * i);
}

TEST_P(Rpc, gives_the_same_result_each_time_it_is_asked) {
    auto reply = shop().call_async<long>("add", 1, 2);
    EXPECT_EQ(reply.result(), 3);
    EXPECT_EQ(reply.result(), 3);
    auto failure = shop().call_async("fail", "x");
    EXPECT_THROW(failure.result(), RemoteError);
    EXPECT_THROW(failure.result(), RemoteError);
}

TEST_P(Rpc, logs_the_failure_of_a_call_that_nobody_waits_for) {
    { const auto dropped = shop().call_async("no_such_method"); }
    EXPECT_TRUE(comes_to_be_logged("test_rpc_shop.no_such_method called by")) << whole_log();
}

TEST_P(Rpc, carries_nan_as_python_does) {
    EXPECT_TRUE(std::isnan(shop().call<double>("not_a_number")));
}

// As nameko-amqp-retry has it, a request that comes back from waiting goes straight into the queue.
TEST_P(Rpc, finds_the_method_by_its_header_where_the_routing_key_is_the_queue_s_name) {
    amqp::Table headers;
    headers.set("nameko.rpc_method_id", "test_rpc_shop.fail");
    client::Publication request{.routing_key = "rpc-test_rpc_shop", .body = R"({"args": ["again"], "kwargs": {}})"};
    request.properties.content_type = "application/json";
    request.properties.headers = std::move(headers);
    const Deadline deadline{SystemClock{}.now() + 20s};
    EXPECT_TRUE(runner().connection().publish_and_wait(std::move(request), deadline).ok());
    EXPECT_TRUE(comes_to_be_logged("error in worker test_rpc_shop.fail")) << whole_log();
    EXPECT_TRUE(comes_to_be_logged("invalid_argument: again")) << whole_log();
}

TEST_P(Rpc, finishes_what_is_under_way_when_it_stops) {
    std::vector<Reply<long>> replies;
    for (int i = 0; i < 100; ++i) replies.push_back(shop().call_async<long>("add", i, 1));
    for (int i = 0; i < 100; ++i) EXPECT_EQ(replies[static_cast<std::size_t>(i)].result(), i + 1);
    EXPECT_TRUE(stop());
}

INSTANTIATE_TEST_SUITE_P(over, Rpc, test::all_brokers(), test::broker_name);

// RabbitMQ ends the connection of one who sends such a message.
class RpcOfBrokenHeaders : public Rpc {};

TEST_P(RpcOfBrokenHeaders, is_refused_and_the_service_goes_on) {
    client::Publication request{
        .exchange = "nameko-rpc", .routing_key = "test_rpc_shop.echo", .body = R"({"args": ["x"], "kwargs": {}})"};
    request.properties.content_type = "application/json";
    request.properties.encoded_headers = {"\0\0\0\10\1aA\0\0\0\1S", 12};
    const Deadline deadline{SystemClock{}.now() + 20s};
    EXPECT_TRUE(runner().connection().publish_and_wait(std::move(request), deadline).ok());
    EXPECT_TRUE(comes_to_be_logged("refused a request for test_rpc_shop.echo")) << whole_log();
    EXPECT_TRUE(comes_to_be_logged("the headers cannot be read")) << whole_log();
    EXPECT_EQ(shop().call<std::string>("echo", "hello"), "hello");
}

INSTANTIATE_TEST_SUITE_P(over, RpcOfBrokenHeaders,
                         testing::Values(test::BrokerKind::memory, test::BrokerKind::embedded), test::broker_name);

}  // namespace
}  // namespace hiratake
