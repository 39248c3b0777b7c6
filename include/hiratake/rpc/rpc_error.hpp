#pragma once

#include <optional>
#include <string>
#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/base/error_origin.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake {

/// The root of what a remote call can end with, other than its result and the application's own exceptions.
class RpcError : public Error {
  public:
    explicit RpcError(const std::string& what) : Error(what) {}
    ~RpcError() override;

    /// Where it was thrown, when it came with a reply: in the method that was called, or, where that has let out what
    /// a call of its own ended with, in a method behind it. So a MethodNotFound may tell of another service than the
    /// one that was called. Nothing for what went wrong at this end.
    const std::optional<ErrorOrigin>& origin() const { return origin_; }
    /// For the client that brings it.
    void came_from(ErrorOrigin origin) { origin_ = std::move(origin); }

  private:
    std::optional<ErrorOrigin> origin_;
};

/// No service of this name has ever run on this broker: there is no queue for the call to wait in.
class UnknownService : public RpcError {
  public:
    explicit UnknownService(std::string service_name);
    ~UnknownService() override;
    const std::string& service_name() const { return service_name_; }

  private:
    std::string service_name_;
};

/// The service has no such method, or does not expose it.
class MethodNotFound : public RpcError {
  public:
    explicit MethodNotFound(std::string method_name);
    ~MethodNotFound() override;
    const std::string& method_name() const { return method_name_; }

  private:
    std::string method_name_;
};

/// The arguments do not fit the method.
class IncorrectSignature : public RpcError {
  public:
    explicit IncorrectSignature(const std::string& what) : RpcError(what) {}
    ~IncorrectSignature() override;
};

/// The service could not make sense of the request message.
class MalformedRequest : public RpcError {
  public:
    explicit MalformedRequest(const std::string& what) : RpcError(what) {}
    ~MalformedRequest() override;
};

/// The caller could not make sense of the reply: it is no JSON, no envelope, or its result is not of the type asked
/// for.
class MalformedReply : public RpcError {
  public:
    explicit MalformedReply(const std::string& what) : RpcError(what) {}
    ~MalformedReply() override;
};

/// The result of a method cannot be sent: it has no JSON form.
class UnserializableValueError : public RpcError {
  public:
    explicit UnserializableValueError(const std::string& what) : RpcError(what) {}
    ~UnserializableValueError() override;
};

/// The method was called and threw what is none of the exceptions that the caller knows. what() names its origin where
/// there is one: "ValueError bad (in stock.count)". (Nameko: exceptions.RemoteError.)
class RemoteError : public RpcError {
  public:
    /// @param type the name of the remote exception's class: "ValueError"
    /// @param path with its module: "builtins.ValueError"; empty when the peer did not say
    /// @param message the remote exception's text
    /// @param arguments the remote exception's arguments, mostly strings
    RemoteError(std::string type, std::string path, std::string message, Array arguments,
                std::optional<ErrorOrigin> origin = std::nullopt);
    ~RemoteError() override;

    const std::string& type() const { return type_; }
    const std::string& path() const { return path_; }
    const std::string& message() const { return message_; }
    const Array& arguments() const { return arguments_; }

  private:
    std::string type_;
    std::string path_;
    std::string message_;
    Array arguments_;
};

/// No reply came in time. The request is not withdrawn: the method may still run.
class RpcTimeout : public RpcError {
  public:
    explicit RpcTimeout(const std::string& what) : RpcError(what) {}
    ~RpcTimeout() override;
};

/// The time that the caller had given ran out before the method was run: it was not run. (Hiratake's own.)
class DeadlineExceeded : public RpcTimeout {
  public:
    explicit DeadlineExceeded(const std::string& what) : RpcTimeout(what) {}
    ~DeadlineExceeded() override;
};

/// The request could not be handed to the broker: the connection is lost and did not come back in time, the broker
/// refused the message, or too many calls are under way.
class RequestNotSent : public RpcError {
  public:
    explicit RequestNotSent(const std::string& what) : RpcError(what) {}
    ~RequestNotSent() override;
};

}  // namespace hiratake
