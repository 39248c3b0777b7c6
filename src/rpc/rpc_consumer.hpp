#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "hiratake/base/log.hpp"
#include "hiratake/client/connection.hpp"
#include "hiratake/payload/serializers.hpp"
#include "hiratake/service/registration.hpp"
#include "hiratake/service/service_container.hpp"
#include "rpc/rpc_entrypoint.hpp"
#include "service/delivery_guarantee.hpp"
#include "wire/error_object.hpp"

namespace hiratake::rpc {

/// Takes the requests of a service from its queue, finds the method, has a worker run it, and answers: what all RPC
/// entrypoints of a container share.
///
/// A request is acknowledged when the broker has confirmed its reply, so it is never lost, but may run twice; where
/// `delivery.rpc` says best_effort, before its worker begins. One that makes no sense is answered with an error where
/// it says whom to answer, and acknowledged.
///
/// One method it answers by itself, on the I/O thread, so that it is answered while all workers are busy: the service's
/// description (ServiceDescription::method_name). Arguments are not looked at.
class RpcConsumer final : public SharedExtension {
  public:
    void setup(ServiceContainer& container) override;
    void start() override;
    void stop() noexcept override { cancel(); }
    void kill() noexcept override { cancel(); }

    /// Throws ConfigurationError for a second entrypoint of the same name.
    void add(const RpcEntrypoint& entrypoint);
    /// Takes no more requests.
    void cancel() noexcept;

  private:
    struct Request;

    std::string described_in_reply(const Serializer& serializer) const;
    void on_request(client::Delivery&& delivery);
    /// The request, or none when its properties cannot be read: then it has been acknowledged.
    std::optional<Request> open(client::Delivery&& delivery);
    void describe(client::Delivery&& delivery);
    /// Null when there is no such method.
    const RpcEntrypoint* entrypoint_for(const client::Delivery& delivery) const;
    /// None for a request that waits for no other.
    std::optional<std::string> ordering_key_of(const RpcEntrypoint& entrypoint, const client::Delivery& delivery) const;
    void handle(const RpcEntrypoint* entrypoint, client::Delivery&& delivery);
    /// From the bytes straight to the arguments' types; false where that takes a closer look at them.
    bool run_straight(const RpcEntrypoint& entrypoint, Request& request);
    void run(const RpcEntrypoint& entrypoint, Request& request, const ServiceContainer::Call& call);
    void answer(Request& request, WorkerResult& result);
    /// Throws what the serializer does for a result that cannot be sent.
    std::string reply_to(const Serializer& serializer, const WorkerResult& result) const;
    void refuse(Request& request, wire::ErrorObject error);
    void send(Request& request, const std::string& body);

    ServiceContainer* container_ = nullptr;
    client::Connection* connection_ = nullptr;
    std::unique_ptr<Logger> logger_;
    std::string exchange_;
    bool keeps_deadlines_ = true;
    DeliveryGuarantee guarantee_ = DeliveryGuarantee::at_least_once;
    Serializers serializers_;
    std::string description_key_;
    // By the content type of the request, once it has been asked for; for the loop's thread alone.
    std::map<std::string, std::string> description_replies_;
    std::map<std::string, const RpcEntrypoint*, std::less<>> entrypoints_;
    client::Consumer consumer_;
    Registration health_;
};

}  // namespace hiratake::rpc
