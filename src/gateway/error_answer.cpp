#include "gateway/error_answer.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "hiratake/payload/json.hpp"
#include "hiratake/rpc/rpc_error.hpp"
#include "hiratake/service/error_description.hpp"
#include "http/problem.hpp"

namespace hiratake::gateway {
namespace {

using http::problem;

std::optional<int> status_of(const RemoteError& error, const Route& route) {
    for (const auto& [type, status] : route.errors) {
        if (type == error.type() || type == error.path()) return status;
    }
    // Nameko's own word for a request that is at fault.
    if (error.path() == "nameko.exceptions.BadRequest") return 400;
    return std::nullopt;
}

ErrorAnswer hidden(const std::string& text, const std::string& call_id) {
    return {problem(500, "", {}, {{"call_id", call_id}}), text};
}

}  // namespace

ErrorAnswer answer_to_error(const std::exception_ptr& error, const Route& route, const std::string& call_id) {
    try {
        std::rethrow_exception(error);
    } catch (const RemoteError& remote) {
        if (const auto status = status_of(remote, route)) return {problem(*status, remote.message()), ""};
        return hidden(remote.what(), call_id);
    } catch (const IncorrectSignature& refused) {
        return {problem(422, refused.what()), "", true};
    } catch (const MethodNotFound& missing) {
        return {problem(502, "the service behind this does not have the method"), missing.what(), true};
    } catch (const UnknownService& unknown) {
        return {http::unavailable("there is no service behind this; try again in a moment"), unknown.what()};
    } catch (const RequestNotSent& unsent) {
        return {http::unavailable("the service behind this cannot be reached; try again in a moment"), unsent.what()};
    } catch (const RpcTimeout& timeout) {
        return {problem(504, "the service behind this has not answered in time"), timeout.what()};
    } catch (const MalformedRequest& malformed) {
        return {problem(502, "the service behind this does not understand the gateway"), malformed.what()};
    } catch (const MalformedReply& malformed) {
        return {problem(502, "the answer of the service behind this makes no sense"), malformed.what()};
    } catch (const JsonError& unwritable) {
        return {problem(422, fmt::format("the arguments cannot be passed on: {}", unwritable.what())), ""};
    } catch (...) {
        const auto description = ErrorDescription::of(std::current_exception());
        return hidden(fmt::format("{}: {}", description.type, description.message), call_id);
    }
}

}  // namespace hiratake::gateway
