#include "rpc/exception_on_wire.hpp"

#include <fmt/core.h>

#include <string>
#include <typeinfo>
#include <utility>

#include "hiratake/rpc/rpc_error.hpp"
#include "hiratake/service/error_description.hpp"

namespace hiratake::rpc {
namespace {

wire::ErrorObject own_error(const RpcError& error) {
    if (const auto* missing = dynamic_cast<const MethodNotFound*>(&error)) {
        return wire::method_not_found(missing->method_name());
    }
    if (dynamic_cast<const IncorrectSignature*>(&error)) return wire::incorrect_signature(error.what());
    if (dynamic_cast<const MalformedRequest*>(&error)) return wire::malformed_request(error.what());
    if (dynamic_cast<const UnserializableValueError*>(&error)) return wire::unserializable_value(error.what());
    if (const auto* remote = dynamic_cast<const RemoteError*>(&error)) {
        return {"RemoteError",
                "nameko.exceptions.RemoteError",
                {remote->type(), remote->message()},
                fmt::format("{} {}", remote->type(), remote->message())};
    }
    if (const auto* unknown = dynamic_cast<const UnknownService*>(&error)) {
        return {"UnknownService",
                "nameko.exceptions.UnknownService",
                {unknown->service_name()},
                fmt::format("Unknown service `{}`", unknown->service_name())};
    }
    const std::string path = type_path(typeid(error));
    return wire::error_object(type_in_path(path), path, error.what());
}

wire::ErrorObject application_error(const ApplicationError& error, ApplicationErrorTypes known) {
    const std::string path = known.path_of(error);
    wire::ErrorObject object = wire::error_object(type_in_path(path), path, error.what());
    if (Value details = error.details_value(); !details.is_null()) object.exc_args.push_back(std::move(details));
    return object;
}

}  // namespace

wire::ErrorObject deadline_exceeded(std::string text) {
    return wire::error_object("DeadlineExceeded", std::string{deadline_exceeded_path}, std::move(text));
}

wire::ErrorObject exception_on_wire(const std::exception_ptr& error, ApplicationErrorTypes known) {
    try {
        std::rethrow_exception(error);
    } catch (const RpcError& exception) {
        wire::ErrorObject object = own_error(exception);
        object.origin = exception.origin();
        return object;
    } catch (const ApplicationError& exception) {
        wire::ErrorObject object = application_error(exception, known);
        object.origin = exception.origin();
        return object;
    } catch (...) {
        const ErrorDescription description = ErrorDescription::of(std::current_exception());
        return wire::error_object(description.type, description.path, description.message);
    }
}

}  // namespace hiratake::rpc
