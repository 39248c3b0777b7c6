#include "gateway/error_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "hiratake/payload/json.hpp"
#include "hiratake/rpc/rpc_error.hpp"
#include "hiratake/service/error_description.hpp"
#include "http/problem.hpp"

namespace hiratake::gateway {
namespace {

using http::problem;

/// What a problem document says of an exception of the application beyond its text. Its service sends the details
/// behind the text.
Object what_it_is(const RemoteError& error, const DocumentedException& type) {
    Object members{{"exception", type.path}};
    if (type.details_schema && error.arguments().size() == 2) members.set("details", error.arguments().back());
    return members;
}

ErrorAnswer hidden(const std::string& text, const std::string& call_id) {
    return {problem(500, "", {}, {{"call_id", call_id}}), text};
}

ErrorAnswer answer_to(const RemoteError& error, const Route& route, const std::vector<DocumentedException>& exceptions,
                      const std::string& call_id) {
    const auto status = configured_status(route, error.type(), error.path());
    const auto known = std::find_if(exceptions.begin(), exceptions.end(),
                                    [&error](const auto& each) { return each.path == error.path(); });
    if (known != exceptions.end()) {
        return {problem(status.value_or(400), error.message(), {}, what_it_is(error, *known)), ""};
    }
    if (status) return {problem(*status, error.message()), ""};
    // Nameko's own word for a request that is at fault.
    if (error.path() == "nameko.exceptions.BadRequest") return {problem(400, error.message()), ""};
    return hidden(error.what(), call_id);
}

}  // namespace

std::optional<int> configured_status(const Route& route, std::string_view type, std::string_view path) {
    for (const auto& [named, status] : route.errors) {
        if (named == type || named == path) return status;
    }
    return std::nullopt;
}

ErrorAnswer answer_to_error(const std::exception_ptr& error, const Route& route,
                            const std::vector<DocumentedException>& exceptions, const std::string& call_id) {
    try {
        std::rethrow_exception(error);
    } catch (const RemoteError& remote) {
        return answer_to(remote, route, exceptions, call_id);
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
