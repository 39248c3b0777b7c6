#pragma once

#include <exception>
#include <memory>
#include <string_view>

#include "hiratake/client/delivery.hpp"
#include "hiratake/payload/serializers.hpp"

namespace hiratake::rpc {

/// What became of a call: the message that brought its reply, or the error that took its place.
struct ReplyOutcome {
    client::Delivery reply;
    /// What the reply can be read with; null where there is nothing for its content type. Shared with the client that
    /// received it, which may go first.
    std::shared_ptr<const Serializer> serializer;
    std::exception_ptr error;

    /// @param properties those of the reply
    static ReplyOutcome brought_by(client::Delivery&& reply, const client::MessageProperties& properties,
                                   const std::shared_ptr<const Serializers>& serializers);
    /// A reply that no broker has brought, for whoever stands in for a service.
    static ReplyOutcome made_up(std::string_view content_type, std::string_view body);
    static ReplyOutcome failed(std::exception_ptr error) { return {{}, nullptr, std::move(error)}; }
};

}  // namespace hiratake::rpc
