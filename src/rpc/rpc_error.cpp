#include "hiratake/rpc/rpc_error.hpp"

#include <fmt/core.h>

namespace hiratake {
namespace {

std::string remote_text(const std::string& type, const std::string& message, const std::optional<ErrorOrigin>& origin) {
    const std::string text = fmt::format("{} {}", type, message);
    return origin ? fmt::format("{} (in {}.{})", text, origin->service, origin->method) : text;
}

}  // namespace

UnknownService::UnknownService(std::string service_name)
    : RpcError(
          fmt::format("Unknown service `{}`: it has never run on this broker; is its name right, and is it started?",
                      service_name)),
      service_name_(std::move(service_name)) {}

MethodNotFound::MethodNotFound(std::string method_name)
    : RpcError(fmt::format("the service has no method `{}`", method_name)), method_name_(std::move(method_name)) {}

RemoteError::RemoteError(std::string type, std::string path, std::string message, Array arguments,
                         std::optional<ErrorOrigin> origin)
    : RpcError(remote_text(type, message, origin)),
      type_(std::move(type)),
      path_(std::move(path)),
      message_(std::move(message)),
      arguments_(std::move(arguments)) {
    if (origin) came_from(*std::move(origin));
}

RpcError::~RpcError() = default;
UnknownService::~UnknownService() = default;
MethodNotFound::~MethodNotFound() = default;
IncorrectSignature::~IncorrectSignature() = default;
MalformedRequest::~MalformedRequest() = default;
MalformedReply::~MalformedReply() = default;
UnserializableValueError::~UnserializableValueError() = default;
RemoteError::~RemoteError() = default;
RpcTimeout::~RpcTimeout() = default;
DeadlineExceeded::~DeadlineExceeded() = default;
RequestNotSent::~RequestNotSent() = default;

}  // namespace hiratake
