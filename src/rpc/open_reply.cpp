#include "rpc/open_reply.hpp"

#include <fmt/core.h>

#include <optional>
#include <utility>

#include "hiratake/rpc/rpc_error.hpp"
#include "rpc/exception_on_wire.hpp"
#include "wire/envelope.hpp"

namespace hiratake::rpc {
namespace {

/// @param target "mail.send": a method's name has no dot, a service's may have some
ErrorOrigin origin_in(std::string_view target, const wire::ErrorObject& error) {
    const std::size_t dot = target.rfind('.');
    return {std::string{target.substr(0, dot)}, std::string{target.substr(dot + 1)}, error.exc_type, error.exc_path,
            error.value};
}

template <class Exception>
[[noreturn]] void throw_from(Exception exception, ErrorOrigin origin) {
    exception.came_from(std::move(origin));
    throw exception;
}

/// Peers are told apart by the exception's path, not by its name (Nameko: exceptions.deserialize).
[[noreturn]] void throw_remote(wire::ErrorObject error, std::string_view target) {
    ErrorOrigin origin = error.origin ? *std::move(error.origin) : origin_in(target, error);
    const std::string first_argument = !error.exc_args.empty() && error.exc_args[0].get_if<std::string>()
                                           ? error.exc_args[0].as_string()
                                           : error.value;
    const std::string& path = error.exc_path;
    if (path == "nameko.exceptions.MethodNotFound") throw_from(MethodNotFound(first_argument), std::move(origin));
    if (path == "nameko.exceptions.IncorrectSignature") {
        throw_from(IncorrectSignature(first_argument), std::move(origin));
    }
    if (path == "nameko.exceptions.MalformedRequest") throw_from(MalformedRequest(first_argument), std::move(origin));
    if (path == deadline_exceeded_path) throw_from(DeadlineExceeded(first_argument), std::move(origin));
    throw RemoteError(std::move(error.exc_type), std::move(error.exc_path), std::move(error.value),
                      std::move(error.exc_args), std::move(origin));
}

Value decoded(const ReplyOutcome& outcome, std::string_view target) {
    if (!outcome.serializer) {
        throw MalformedReply(fmt::format("the reply of {} has the content type `{}`, for which there is no serializer",
                                         target, outcome.reply.scan_properties().content_type.value_or("")));
    }
    try {
        return outcome.serializer->decode(outcome.reply.body());
    } catch (const std::exception& error) {
        throw MalformedReply(fmt::format("the reply of {} cannot be read as {}: {}", target,
                                         outcome.serializer->content_type, error.what()));
    }
}

}  // namespace

Value open_reply(const ReplyOutcome& outcome, std::string_view target) {
    if (outcome.error) std::rethrow_exception(outcome.error);
    std::optional<wire::Reply> reply = wire::parse_reply(decoded(outcome, target));
    if (!reply) throw MalformedReply(fmt::format("the reply of {} has neither a result nor an error", target));
    if (reply->error) throw_remote(std::move(*reply->error), target);
    return std::move(reply->result);
}

std::optional<std::string_view> json_result_in(const ReplyOutcome& outcome) {
    const bool is_json = !outcome.error && outcome.serializer && outcome.serializer->is_json();
    return is_json ? wire::result_in(outcome.reply.body()) : std::nullopt;
}

}  // namespace hiratake::rpc
