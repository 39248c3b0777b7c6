#include "documents/asyncapi.hpp"

#include "unit/documents/described_service.hpp"

namespace hiratake::documents {
namespace {

struct Mail {
    std::string to;
    std::optional<std::string> subject;
};

struct Mailer {
    int send(Mail);
    void on_paid(Mail);
    void on_bounces(std::vector<Mail>);
};

ServiceDefinition mailer() {
    ServiceDefinition service;
    service.name = "mail";
    service.doc = "Sends.";
    add(service, "rpc", payload::signature_of<&Mailer::send>({}),
        {{"exchange", "nameko-rpc"}, {"queue", "rpc-mail"}, {"routing_key", "mail.send"}})
        .doc("Send one e-mail. It may take a while.");
    for (const char* type : {"paid", "refunded"}) {
        add(service, "event", payload::signature_of<&Mailer::on_paid>({"event_data"}),
            {{"exchange", "payments.events"},
             {"routing_key", type},
             {"event_type", type},
             {"handler_type", "service_pool"},
             {"queue", std::string("evt-payments-") + type + "--mail.on_paid"}});
    }
    return service;
}

TEST(AsyncApi, describes_the_messages_of_a_queue_one_by_one) {
    ServiceDefinition service;
    service.name = "mail";
    add(service, "message", payload::signature_of<&Mailer::on_bounces>({"bodies"}),
        {{"queue", "bounces"}, {"batch", Object{{"max_messages", 100}}}});
    const auto document = asyncapi_document({&service}, {});
    EXPECT_EQ(at(document, {"channels", "message.mail.on_bounces", "address"}), R"("bounces")");
    EXPECT_EQ(at(document, {"channels", "message.mail.on_bounces", "bindings", "amqp", "is"}), R"("queue")");
    EXPECT_EQ(at(document, {"components", "messages", "message.mail.on_bounces", "payload"}),
              R"({"$ref":"#/components/schemas/Mail"})");
}

TEST(AsyncApi, describes_a_method_with_its_request_and_reply) {
    const auto service = mailer();
    const auto document = asyncapi_document({&service}, {});
    EXPECT_EQ(at(document, {"asyncapi"}), R"("3.0.0")");
    EXPECT_EQ(at(document, {"info"}), R"({"title":"mail","version":"0.0.0","description":"Sends."})");
    EXPECT_EQ(at(document, {"channels", "rpc.mail.send", "address"}), R"("mail.send")");
    EXPECT_EQ(at(document, {"channels", "rpc.mail.send", "bindings", "amqp", "exchange", "name"}), R"("nameko-rpc")");
    EXPECT_EQ(at(document, {"operations", "rpc.mail.send", "summary"}), R"("Send one e-mail")");
    EXPECT_EQ(at(document, {"operations", "rpc.mail.send", "x-queue"}), R"("rpc-mail")");
    EXPECT_EQ(at(document, {"operations", "rpc.mail.send", "reply", "messages"}),
              R"([{"$ref":"#/channels/rpc.replies/messages/mail.send.reply"}])");
    EXPECT_EQ(at(document, {"components", "messages", "mail.send.request", "payload", "properties", "kwargs"}),
              R"({"$ref":"#/components/schemas/Mail"})");
    EXPECT_EQ(at(document, {"components", "messages", "mail.send.reply", "payload", "properties", "result"}),
              R"({"type":"integer","format":"int32"})");
}

TEST(AsyncApi, describes_each_event_of_a_handler) {
    const auto service = mailer();
    const auto document = asyncapi_document({&service}, {});
    EXPECT_EQ(at(document, {"channels", "event.mail.on_paid", "address"}), R"("paid")");
    EXPECT_EQ(at(document, {"channels", "event.mail.on_paid-2", "address"}), R"("refunded")");
    EXPECT_EQ(at(document, {"operations", "event.mail.on_paid", "action"}), R"("receive")");
    EXPECT_EQ(at(document, {"operations", "event.mail.on_paid", "x-handler-type"}), R"("service_pool")");
    EXPECT_EQ(at(document, {"components", "messages", "event.mail.on_paid", "payload"}),
              R"({"$ref":"#/components/schemas/Mail"})");
}

TEST(AsyncApi, describes_what_a_service_sends) {
    auto service = mailer();
    OutgoingMessage message{"event", {{"exchange", "mail.events"}, {"routing_key", "sent/late"}}, &schema_of<Mail>};
    message.doc("A mail has left. It may still come back.");
    service.outgoing_messages.push_back(std::make_unique<OutgoingMessage>(message));
    const auto document = asyncapi_document({&service}, {});
    EXPECT_EQ(at(document, {"operations", "dispatch.mail.sent_late"}),
              R"({"action":"send","channel":{"$ref":"#/channels/dispatch.mail.sent_late"},)"
              R"("summary":"A mail has left","description":"A mail has left. It may still come back.",)"
              R"("tags":[{"name":"mail"}],)"
              R"("messages":[{"$ref":"#/channels/dispatch.mail.sent_late/messages/dispatch.mail.sent_late"}]})");
    EXPECT_EQ(at(document, {"channels", "dispatch.mail.sent_late", "address"}), R"("sent/late")");
    EXPECT_EQ(at(document, {"components", "messages", "dispatch.mail.sent_late"}),
              R"({"name":"sent/late","payload":{"$ref":"#/components/schemas/Mail"}})");
}

TEST(AsyncApi, joins_the_services_of_a_program) {
    const auto service = mailer();
    ServiceDefinition other;
    other.name = "compute";
    const auto document = asyncapi_document({&service, &other}, {});
    EXPECT_EQ(at(document, {"info"}), R"({"title":"mail, compute","version":"0.0.0"})");
}

}  // namespace
}  // namespace hiratake::documents
