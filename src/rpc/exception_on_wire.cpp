#include "rpc/exception_on_wire.hpp"

#include <fmt/core.h>

#include "hiratake/rpc/rpc_error.hpp"
#include "hiratake/service/error_description.hpp"

namespace hiratake::rpc {

wire::ErrorObject deadline_exceeded(std::string text) {
    return wire::error_object("DeadlineExceeded", std::string{deadline_exceeded_path}, std::move(text));
}

wire::ErrorObject exception_on_wire(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const MethodNotFound& exception) {
        return wire::method_not_found(exception.method_name());
    } catch (const IncorrectSignature& exception) {
        return wire::incorrect_signature(exception.what());
    } catch (const MalformedRequest& exception) {
        return wire::malformed_request(exception.what());
    } catch (const UnserializableValueError& exception) {
        return wire::unserializable_value(exception.what());
    } catch (const RemoteError& exception) {
        return {
            "RemoteError", "nameko.exceptions.RemoteError", {exception.type(), exception.message()}, exception.what()};
    } catch (const UnknownService& exception) {
        return {"UnknownService",
                "nameko.exceptions.UnknownService",
                {exception.service_name()},
                fmt::format("Unknown service `{}`", exception.service_name())};
    } catch (...) {
        const ErrorDescription description = ErrorDescription::of(std::current_exception());
        return wire::error_object(description.type, description.path, description.message);
    }
}

}  // namespace hiratake::rpc
