#include "http/http_entrypoint.hpp"

#include <exception>
#include <memory>
#include <optional>

#include "hiratake/http/http_error.hpp"
#include "hiratake/payload/argument_error.hpp"
#include "hiratake/service/error_description.hpp"
#include "http/http_server.hpp"
#include "http/problem.hpp"
#include "http/request_arguments.hpp"

namespace hiratake::http {
namespace {

Response unavailable() {
    auto response = problem(503, "the service is busy or about to stop; try again in a moment");
    response.headers.set("Retry-After", "1");
    return response;
}

Response response_to_unfit_argument(const ArgumentError& error) {
    return problem(422, "the request does not fit", {{error.path(), error.problem(), error.expected()}});
}

}  // namespace

void HttpEntrypoint::setup(ServiceContainer& container) {
    container_ = &container;
    server_ = &container.shared<HttpServer>();
    server_->add(*this);
}

void HttpEntrypoint::stop() noexcept {
    server_->begin_to_stop();
}

EntrypointDescription HttpEntrypoint::describe(const std::string& service_name, const Config& config) const {
    auto description = Entrypoint::describe(service_name, config);
    description.kind = "http";
    description.signature = method_.takes_request ? nullptr : &method_.signature;
    description.details = Object{{"method", http_method_}, {"path", path_}};
    return description;
}

void HttpEntrypoint::handle(Request request, Responder responder) {
    struct Arrival {
        Request request;
        Responder responder;
    };
    // Shared between the task and this function, which answers when the task is refused.
    auto arrival = std::make_shared<Arrival>(Arrival{std::move(request), std::move(responder)});
    const bool accepted = container_->submit([this, arrival] { run(arrival->request, arrival->responder); });
    if (!accepted) arrival->responder(unavailable());
}

void HttpEntrypoint::run(Request& request, Responder& responder) {
    auto arguments = read_request_arguments(method_, request);
    if (arguments.problem) return responder(std::move(*arguments.problem));
    std::optional<Response> own;
    const auto run_worker = [&](const ServiceContainer::Call& call) {
        container_->run_worker(*this, {}, call, [&](WorkerContext& context, WorkerResult& result) {
            responder(response_to(context, result, own));
        });
    };
    try {
        method_.with_arguments(method_.signature, std::move(arguments.values), request, own, run_worker);
    } catch (const ArgumentError& error) {
        responder(response_to_unfit_argument(error));
    }
}

Response HttpEntrypoint::response_to(const WorkerContext& context, const WorkerResult& result,
                                     std::optional<Response>& own) const {
    if (result.error) return response_to_error(context, result.error);
    switch (method_.result_kind) {
        case ResultKind::nothing: return {204, {}, {}};
        case ResultKind::text: return Response::text(result.value.as_string());
        case ResultKind::response: return std::move(*own);
        case ResultKind::json: return Response::json(result.value);
    }
    return {204, {}, {}};
}

// What went wrong inside is for the log, where the container has written it with the call id: it may hold what no
// client should see.
Response HttpEntrypoint::response_to_error(const WorkerContext& context, const std::exception_ptr& error) const {
    try {
        std::rethrow_exception(error);
    } catch (const HttpError& http_error) {
        const bool is_error_status = http_error.status() >= 400 && http_error.status() <= 599;
        return problem(is_error_status ? http_error.status() : 500, http_error.what());
    } catch (...) {
        if (options().is_expected(error)) return problem(400, ErrorDescription::of(error).message);
        return problem(500, "", {}, {{"call_id", context.call_id()}});
    }
}

std::unique_ptr<Entrypoint> make_entrypoint(std::string http_method, std::string path, RouteMethod method) {
    return std::make_unique<HttpEntrypoint>(std::move(http_method), std::move(path), std::move(method));
}

}  // namespace hiratake::http
