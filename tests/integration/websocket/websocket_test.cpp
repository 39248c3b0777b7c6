#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "hiratake/client/connection.hpp"
#include "hiratake/payload/json.hpp"
#include "net/parker.hpp"
#include "support/service_test.hpp"
#include "test_socket.hpp"

namespace hiratake {
namespace {

using namespace std::chrono_literals;
using test::TestSocket;

/// How a method is held up until the test lets it go on.
struct Gateway {
    net::Parker entered;
    net::Parker released;
};
// Shared between a test and the worker that it holds up, which may outlast it.
std::shared_ptr<Gateway> gateway;

struct Chat {
    static constexpr auto name = "test_websocket_chat";
    WebSocketHub hub;

    std::string say(SocketId from, std::string text) { return from.value + " says " + text; }
    long add(long x, long y) { return x + y; }
    void join(SocketId socket, std::string channel) { hub.subscribe(socket, channel); }
    void leave(SocketId socket, std::string channel) { hub.unsubscribe(socket, channel); }
    std::vector<std::string> channels(SocketId socket) { return hub.subscriptions(socket); }
    void unlock(long pin) { join(SocketId{std::to_string(pin)}, "safe"); }
    void fail(std::string why) { throw std::invalid_argument(why); }
    std::string not_utf8() { return "\xff"; }
    void wait() {
        const std::shared_ptr<Gateway> held_by = gateway;
        held_by->entered.unpark();
        held_by->released.park(Deadline{SystemClock{}.now() + 20s});
    }
    void broadcast(std::string channel, Value data) { hub.broadcast(channel, "posted", data); }
    bool unicast(SocketId to, Value data) { return hub.unicast(to, "whispered", data); }
    std::string hello() { return "hello"; }

    static void define(Service<Chat>& chat) {
        chat.websocket<&Chat::say>("text");
        chat.websocket<&Chat::add>("x", arg("y", 10));
        chat.websocket<&Chat::join>("channel");
        chat.websocket<&Chat::leave>("channel");
        chat.websocket<&Chat::channels>();
        chat.websocket<&Chat::fail>("why").expects<std::invalid_argument>();
        chat.websocket<&Chat::unlock>("pin").sensitive({"pin"});
        chat.websocket<&Chat::not_utf8>();
        chat.websocket<&Chat::wait>();
        chat.rpc<&Chat::broadcast>("channel", "data");
        chat.rpc<&Chat::unicast>("to", "data");
        chat.rpc<&Chat::join>("socket", "channel");
        chat.get<&Chat::hello>("/hello");
    }
};

std::string posted(const std::string& data) {
    return R"({"type": "event", "event": "posted", "data": )" + data + "}";
}

class WebSocket : public test::ServiceTest {
  protected:
    static Config with_limits(Object limits = {}) {
        return Config{Object{{"WEB_SERVER_ADDRESS", "127.0.0.1:0"}, {"websocket", std::move(limits)}}};
    }
    void run_chat(Object limits = {}) { run<Chat>(with_limits(std::move(limits))); }

    /// Of the instance that was started as the first, second …, by its line in the log.
    std::uint16_t port(int instance = 0) const {
        constexpr std::string_view line = "serves HTTP on http://127.0.0.1:";
        const std::string log = whole_log();
        auto at = log.find(line);
        for (int i = 0; i < instance && at != std::string::npos; ++i) at = log.find(line, at + 1);
        return at == std::string::npos ? std::uint16_t{0}
                                       : static_cast<std::uint16_t>(std::stoi(log.substr(at + line.size())));
    }
    RpcProxy chat() { return service("test_websocket_chat"); }
    std::string error_type(const Value& reply) {
        EXPECT_FALSE(reply.find("success")->as_bool());
        return reply.find("error")->find("exc_type")->as_string();
    }
};

TEST_P(WebSocket, greets_and_answers_as_nameko_does) {
    if (IsSkipped()) return;
    run_chat();
    TestSocket ann{port()};
    EXPECT_EQ(ann.id().size(), 36u);
    ann.send_text(R"({"method": "say", "data": {"text": "h\u00e9"}, "correlation_id": {"n": 1}})");
    EXPECT_EQ(ann.receive_text(), R"({"type": "result", "success": true, "data": ")" + ann.id() +
                                      R"( says h\u00e9", "correlation_id": {"n": 1}})");
    EXPECT_EQ(*ann.call("add", {{"x", 1}}).find("data"), Value{11});
}

TEST_P(WebSocket, answers_whatever_is_wrong_and_lives_on) {
    if (IsSkipped()) return;
    run_chat();
    TestSocket ann{port()};
    ann.send_text("no json");
    EXPECT_EQ(ann.receive_text(),
              R"({"type": "result", "success": false, "error": {"exc_type": "MalformedRequest", "exc_path": )"
              R"("nameko.exceptions.MalformedRequest", "exc_args": ["Invalid JSON data"], "value": )"
              R"("Invalid JSON data"}, "correlation_id": null})");
    ann.send_text(R"({"method": "nothing", "correlation_id": 7})");
    EXPECT_EQ(ann.receive_text(),
              R"({"type": "result", "success": false, "error": {"exc_type": "MethodNotFound", "exc_path": )"
              R"("nameko.exceptions.MethodNotFound", "exc_args": [], "value": ""}, "correlation_id": 7})");
    EXPECT_EQ(error_type(ann.call("say", {})), "IncorrectSignature");
    EXPECT_EQ(error_type(ann.call("say", {{"text", "x"}, {"socket_id", "forged"}})), "IncorrectSignature");
    ann.send_text(R"({"method": "say", "data": ["x"]})");
    EXPECT_EQ(error_type(ann.receive_json()), "IncorrectSignature");
    EXPECT_EQ(error_type(ann.call("not_utf8", {})), "UnserializableValueError");
    const Value failed = ann.call("fail", {{"why", "too late"}});
    EXPECT_EQ(*failed.find("error")->find("exc_path"), Value{"std.invalid_argument"});
    EXPECT_EQ(*failed.find("error")->find("value"), Value{"too late"});
    EXPECT_EQ(*ann.call("add", {{"x", 1}}).find("data"), Value{11});
}

TEST_P(WebSocket, shows_nothing_that_is_sensitive) {
    if (IsSkipped()) return;
    run_chat();
    TestSocket ann{port()};
    const Value refused = ann.call("unlock", {{"pin", "s3cret"}});
    EXPECT_EQ(error_type(refused), "IncorrectSignature");
    const std::string text = write_json(refused);
    EXPECT_NE(text.find("pin"), std::string::npos) << text;
    EXPECT_EQ(text.find("s3cret"), std::string::npos) << text;
    EXPECT_FALSE(logged("s3cret")) << whole_log();
}

TEST_P(WebSocket, shares_the_listener_with_routes_and_refuses_what_is_no_websocket) {
    if (IsSkipped()) return;
    run_chat({{"max_connections", 1}, {"origins", Array{"https://shop.example"}}});
    EXPECT_TRUE(test::head_of_answer(port(), "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").starts_with("HTTP/1.1 200 "));
    EXPECT_TRUE(test::head_of_answer(port(), "GET /ws HTTP/1.1\r\nHost: a\r\n\r\n").starts_with("HTTP/1.1 426 "));
    EXPECT_TRUE(test::head_of_answer(port(), test::opening_request("Origin: https://evil.example\r\n"))
                    .starts_with("HTTP/1.1 403 "));
    const TestSocket ann{port(), "Origin: https://shop.example\r\n"};
    EXPECT_TRUE(test::head_of_answer(port(), test::opening_request()).starts_with("HTTP/1.1 503 "));
}

TEST_P(WebSocket, receives_what_is_broadcast_to_its_channels) {
    if (IsSkipped()) return;
    run_chat();
    TestSocket ann{port()};
    TestSocket bob{port()};
    ann.call("join", {{"channel", "news"}});
    ann.call("join", {{"channel", "chess"}});
    bob.call("join", {{"channel", "chess"}});
    EXPECT_EQ(*ann.call("channels", {}).find("data"), (Array{"chess", "news"}));
    chat().call("broadcast", "news", 1);
    chat().call("broadcast", "chess", Object{{"move", "e4"}});
    EXPECT_EQ(ann.receive_text(), posted("1"));
    EXPECT_EQ(ann.receive_text(), posted(R"({"move": "e4"})"));
    EXPECT_EQ(bob.receive_text(), posted(R"({"move": "e4"})"));
    ann.call("leave", {{"channel", "chess"}});
    chat().call("broadcast", "chess", 2);
    chat().call("broadcast", "news", 3);
    EXPECT_EQ(ann.receive_text(), posted("3"));
}

TEST_P(WebSocket, receives_what_is_for_it_alone) {
    if (IsSkipped()) return;
    run_chat();
    TestSocket ann{port()};
    TestSocket bob{port()};
    EXPECT_TRUE(chat().call<bool>("unicast", ann.id(), "psst"));
    EXPECT_EQ(ann.receive_text(), R"({"type": "event", "event": "whispered", "data": "psst"})");
    EXPECT_EQ(*bob.call("add", {{"x", 1}}).find("data"), Value{11}) << "and nothing else came before";
    EXPECT_FALSE(chat().call<bool>("unicast", "nobody", "psst"));
    EXPECT_THROW(chat().call("join", "nobody", "news"), RemoteError);
}

TEST_P(WebSocket, receives_what_any_program_publishes_for_it) {
    if (IsSkipped()) return;
    run_chat();
    TestSocket ann{port()};
    ann.call("join", {{"channel", "news"}});
    const auto publish = [&](std::string_view body, amqp::Table headers) {
        client::Publication publication;
        publication.exchange = "test_websocket_chat.websockets";
        publication.body = body;
        publication.properties.headers = std::move(headers);
        EXPECT_TRUE(runner().connection().publish_and_wait(std::move(publication), Deadline::never()).ok());
    };
    publish("for nobody", {});
    publish("\xff", {{"channel", "news"}});
    publish("a text", {{"channel", "news"}});
    publish("another", {{"socket_id", ann.id()}});
    EXPECT_EQ(ann.receive_text(), "a text");
    EXPECT_EQ(ann.receive_text(), "another");
    EXPECT_TRUE(comes_to_be_logged("it has neither a header `channel` nor `socket_id`")) << whole_log();
    EXPECT_TRUE(comes_to_be_logged("its body is not UTF-8")) << whole_log();
}

TEST_P(WebSocket, of_a_service_that_stops_is_closed_with_1001_after_the_answer_under_way) {
    if (IsSkipped()) return;
    gateway = std::make_shared<Gateway>();
    run_chat();
    TestSocket idle{port()};
    TestSocket busy{port()};
    busy.send_text(R"({"method": "wait", "correlation_id": 1})");
    ASSERT_TRUE(gateway->entered.park(Deadline{SystemClock{}.now() + 20s}));
    std::thread stopper([&] { EXPECT_TRUE(stop()); });
    EXPECT_EQ(idle.wait_for_close(), 1001);
    gateway->released.unpark();
    EXPECT_EQ(busy.receive_text(), R"({"type": "result", "success": true, "data": null, "correlation_id": 1})");
    EXPECT_EQ(busy.wait_for_close(), 1001);
    stopper.join();
}

TEST_P(WebSocket, that_is_slow_is_closed_and_disturbs_no_other) {
    if (IsSkipped()) return;
    // The quick one may have two in its queue: one that it has just read, whose end the server has yet to see, and the
    // next.
    run_chat({{"max_queued_bytes", 250'000}});
    TestSocket slow{port()};
    TestSocket quick{port()};
    slow.call("join", {{"channel", "flood"}});
    quick.call("join", {{"channel", "flood"}});
    const std::string data(100'000, 'x');
    // Far more than the kernel's buffers take; the slow one reads nothing meanwhile.
    for (int i = 0; i < 300; ++i) {
        chat().call("broadcast", "flood", data);
        ASSERT_EQ(quick.receive_text().size(), posted('"' + data + '"').size());
    }
    EXPECT_TRUE(comes_to_be_logged("is closed by us: 1008")) << "the slow one";
    EXPECT_EQ(*quick.call("add", {{"x", 1}}).find("data"), Value{11});
}

TEST_P(WebSocket, is_one_of_a_thousand_and_each_receives_each_broadcast) {
    if (IsSkipped()) return;
    constexpr std::size_t sockets = 1000;
    constexpr int broadcasts = 5;
    rlimit files{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &files), 0);
    files.rlim_cur = files.rlim_max;
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &files), 0);
    // These clients answer pings only while they are asked for something.
    run_chat({{"ping_interval", 0}});
    std::vector<TestSocket> crowd;
    crowd.reserve(sockets);
    for (std::size_t i = 0; i < sockets; ++i) {
        crowd.emplace_back(port());
        crowd.back().call("join", {{"channel", "news"}});
    }
    for (int i = 0; i < broadcasts; ++i) chat().call("broadcast", "news", i);
    for (TestSocket& each : crowd) {
        for (int i = 0; i < broadcasts; ++i) ASSERT_EQ(each.receive_text(), posted(std::to_string(i)));
    }
}

/// With a second instance of the service, as another process would run it.
class Instances : public WebSocket {
  protected:
    void SetUp() override {
        WebSocket::SetUp();
        if (IsSkipped()) return;
        run_chat();
        other_ = std::make_unique<ServiceRunner>(with_limits().with("AMQP_URI", broker().uri()), log());
        other_->add(define_service<Chat>());
        other_->start();
    }
    void TearDown() override {
        if (other_) other_->stop();
        WebSocket::TearDown();
    }

    std::unique_ptr<ServiceRunner> other_;
};

TEST_P(Instances, of_a_service_reach_each_others_sockets) {
    if (IsSkipped()) return;
    TestSocket ann{port(0)};
    TestSocket bob{port(1)};
    ann.call("join", {{"channel", "news"}});
    bob.call("join", {{"channel", "news"}});
    // Whichever instance takes each of these calls.
    for (int i = 0; i < 20; ++i) chat().call("broadcast", "news", i);
    for (int i = 0; i < 20; ++i) {
        chat().call("unicast", ann.id(), i);
        chat().call("unicast", bob.id(), i);
    }
    for (TestSocket* each : {&ann, &bob}) {
        int events = 0;
        int whispers = 0;
        while (events < 20 || whispers < 20) {
            const bool is_whisper = *each->receive_json().find("event") == Value{"whispered"};
            ++(is_whisper ? whispers : events);
        }
        EXPECT_EQ(events + whispers, 40) << "each came once";
        EXPECT_EQ(*each->call("add", {{"x", 1}}).find("data"), Value{11}) << "and nothing else came";
    }
}

TEST_P(Instances, find_each_other_again_after_the_broker_was_lost) {
    if (IsSkipped()) return;
    TestSocket ann{port(0)};
    TestSocket bob{port(1)};
    ann.call("join", {{"channel", "news"}});
    bob.call("join", {{"channel", "news"}});
    for (int loss = 0; loss < 3; ++loss) {
        broker().gate()->cut();
        chat().call("broadcast", "news", loss);
        // What was not confirmed when the connection broke is published once more: an event may come twice.
        while (*ann.receive_json().find("data") != Value{loss}) {
        }
        while (*bob.receive_json().find("data") != Value{loss}) {
        }
    }
}

INSTANTIATE_TEST_SUITE_P(over, WebSocket, test::all_brokers(), test::broker_name);
INSTANTIATE_TEST_SUITE_P(over, Instances, testing::Values(test::BrokerKind::embedded, test::BrokerKind::rabbitmq),
                         test::broker_name);

}  // namespace
}  // namespace hiratake
