#include <gmock/gmock.h>

#include <optional>
#include <string>
#include <utility>

#include "hiratake/client/connection.hpp"
#include "hiratake/messaging/message_info.hpp"
#include "hiratake/payload/content_error.hpp"
#include "hiratake/payload/json.hpp"
#include "support/journal.hpp"
#include "support/service_test.hpp"

namespace hiratake {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

test::Journal journal;

/// JSON with something before it.
Serializer marked_json() {
    return {.name = "marked",
            .content_type = "application/vnd.marked+json",
            .content_encoding = "utf-8",
            .encode = [](const Value& value) { return "marked:" + write_json(value); },
            .decode =
                [](std::string_view body) {
                    if (!body.starts_with("marked:")) throw std::runtime_error("it is not marked");
                    return parse_json(body.substr(7));
                }};
}

struct Echo {
    static constexpr auto name = "test_serializers_echo";
    EventDispatcher dispatch;
    Publisher direct;

    Value echo(Value value) { return value; }
    void emit(Value data) {
        dispatch("emitted", data);
        direct.publish(data, {.routing_key = "test_serializers_kept"});
    }
    void on_emitted(Value data) { journal.add("event " + write_json(data)); }
    void on_kept(Value data, const MessageInfo& info) {
        journal.add("message " + write_json(data) + " " + info.content_type.value_or("none"));
    }

    static void define(Service<Echo>& echo) {
        echo.serializer(marked_json());
        echo.rpc<&Echo::echo>("value");
        echo.rpc<&Echo::emit>("data");
        echo.on_event<&Echo::on_emitted>(name, "emitted");
        echo.consume<&Echo::on_kept>("test_serializers_kept");
    }
};

/// Calls it.
struct Relay {
    static constexpr auto name = "test_serializers_relay";
    RpcProxy next{"test_serializers_echo"};

    Value relay(Value value) { return next.call("echo", value); }

    static void define(Service<Relay>& relay) {
        relay.serializer(marked_json());
        relay.rpc<&Relay::relay>("value");
    }
};

class SerializersInUse : public test::ServiceTest {
  protected:
    void SetUp() override {
        ServiceTest::SetUp();
        journal.clear();
    }
    void TearDown() override {
        replies_ = {};
        client_.reset();
        if (services_) services_->stop();
        ServiceTest::TearDown();
    }

    void run_with(const std::string& serializer, Array accept = {}) {
        Config config = Config{}.with("serializer", serializer);
        if (!accept.empty()) config = config.with("ACCEPT", std::move(accept));
        services_ = std::make_unique<ServiceRunner>(config.with("AMQP_URI", broker().uri()), log());
        services_->add(define_service<Echo>());
        services_->add(define_service<Relay>());
        services_->start();
        client_ = std::make_unique<ClusterClient>(services_->connection(), config, log(),
                                                  std::vector<Serializer>{marked_json()});
    }
    RpcProxy proxy(std::string name) { return client_->service(std::move(name)); }

    /// Sends a request byte by byte; returns the content type and the body of the reply.
    std::pair<std::string, std::string> answer(const std::string& content_type, const std::string& body) {
        client::Connection& connection = services_->connection();
        const std::string reply_to = "test_serializers_reply";
        connection.declare({client::Queue{.name = reply_to},
                            client::Binding{.queue = reply_to, .exchange = "nameko-rpc", .routing_key = reply_to}});
        answers_.clear();
        replies_ = connection.consume({.queue = reply_to}, [this](client::Delivery reply) {
            reply.ack();
            answers_.add(std::string{reply.properties().content_type.value_or("none")});
            answers_.add(std::string{reply.body()});
        });
        client::Publication request{
            .exchange = "nameko-rpc", .routing_key = "test_serializers_echo.echo", .body = body, .mandatory = true};
        request.properties.content_type = content_type;
        request.properties.reply_to = reply_to;
        const auto sent =
            connection.publish_and_wait(std::move(request), Deadline{SystemClock{}.now() + std::chrono::seconds{20}});
        EXPECT_TRUE(sent.ok()) << sent.detail;
        const auto lines = answers_.wait_for(2);
        if (lines.size() < 2) return {};
        return {lines[0], lines[1]};
    }
    static std::string packed(const Value& value) { return msgpack_serializer().encode(value); }
    static Value request(Value value) {
        Array args;
        args.push_back(std::move(value));
        return Object{{"args", std::move(args)}, {"kwargs", Object{}}};
    }

  private:
    std::unique_ptr<ServiceRunner> services_;
    std::unique_ptr<ClusterClient> client_;
    test::Journal answers_;
    client::Consumer replies_;
};

TEST_P(SerializersInUse, write_calls_events_and_messages) {
    for (const auto& [serializer, content_type] :
         {std::pair{"msgpack", "application/x-msgpack"}, {"marked", "application/vnd.marked+json"}}) {
        journal.clear();
        run_with(serializer);
        const Value value = Object{{"text", "Zo\xc3\xab"}, {"list", Array{1, -2.5, nullptr, true}}};
        EXPECT_EQ(proxy("test_serializers_relay").call("relay", value), value);
        proxy("test_serializers_echo").call("emit", value);
        EXPECT_THAT(journal.wait_for(2),
                    testing::UnorderedElementsAre("event " + write_json(value),
                                                  "message " + write_json(value) + " " + content_type));
        EXPECT_EQ(answer(content_type,
                         std::string{serializer} == "msgpack" ? packed(request(5)) : "marked:" + write_json(request(5)))
                      .first,
                  content_type);
        SerializersInUse::TearDown();
    }
}

TEST_P(SerializersInUse, answer_each_request_in_its_own_form) {
    run_with("json", {"json", "msgpack"});
    EXPECT_EQ(answer("application/json", write_json(request("x"))),
              std::pair(std::string{"application/json"}, std::string{R"({"result": "x", "error": null})"}));
    EXPECT_EQ(answer("application/x-msgpack", packed(request("x"))),
              std::pair(std::string{"application/x-msgpack"}, packed(Object{{"result", "x"}, {"error", nullptr}})));
}

TEST_P(SerializersInUse, refuse_a_request_in_a_form_that_is_not_accepted) {
    run_with("json");
    const auto [content_type, body] = answer("application/x-msgpack", packed(request("x")));
    EXPECT_EQ(content_type, "application/x-msgpack") << "what the caller understands";
    const Value reply = msgpack_serializer().decode(body);
    EXPECT_EQ(reply.find("error")->find("exc_path")->as_string(), "nameko.exceptions.MalformedRequest");
    EXPECT_THAT(reply.find("error")->find("value")->as_string(),
                HasSubstr("'application/x-msgpack' is not accepted; list its serializer under ACCEPT"));
    EXPECT_TRUE(comes_to_be_logged("refused a request for test_serializers_echo.echo: MalformedRequest"))
        << whole_log();

    const auto [unknown_type, unknown_body] = answer("text/plain", "x");
    EXPECT_EQ(unknown_type, "application/json");
    EXPECT_THAT(unknown_body, HasSubstr("MalformedRequest"));
}

TEST_P(SerializersInUse, refuse_a_request_that_they_cannot_read) {
    run_with("json", {"json", "msgpack", "marked"});
    EXPECT_THAT(answer("application/x-msgpack", "\xc1").second, HasSubstr("MalformedRequest"));
    EXPECT_THAT(answer("application/vnd.marked+json", "{}").second, HasSubstr("it is not marked"));
}

INSTANTIATE_TEST_SUITE_P(over, SerializersInUse, test::all_brokers(), test::broker_name);

}  // namespace
}  // namespace hiratake
