#include "http/http_entrypoint.hpp"

#include <algorithm>
#include <cstddef>
#include <exception>
#include <memory>
#include <optional>

#include "hiratake/http/http_error.hpp"
#include "hiratake/payload/argument_error.hpp"
#include "hiratake/payload/json.hpp"
#include "hiratake/service/error_description.hpp"
#include "http/accept.hpp"
#include "http/body_source.hpp"
#include "http/http_server.hpp"
#include "http/problem.hpp"
#include "http/request_problems.hpp"
#include "http/route_description.hpp"
#include "http/storage_error.hpp"
#include "http/upload_content.hpp"

namespace hiratake::http {
namespace {

/// What a problem document says of an exception of the application beyond its text.
Object what_it_is(const std::exception_ptr& error, ApplicationErrorTypes known) {
    try {
        std::rethrow_exception(error);
    } catch (const ApplicationError& exception) {
        Object members{{"exception", known.path_of(exception)}};
        if (Value details = exception.details_value(); !details.is_null()) members.set("details", std::move(details));
        return members;
    } catch (...) {
        return {};
    }
}

}  // namespace

HttpEntrypoint::HttpEntrypoint(std::string http_method, std::string path, RouteMethod method)
    : RouteEntrypoint(method.signature.method_name()),
      http_method_(std::move(http_method)),
      path_(std::move(path)),
      method_(std::move(method)) {
    resolve_sources(http_method_, path_, method_);
    body_kind_ = http::body_kind(http_method_, method_);
}

void HttpEntrypoint::setup(ServiceContainer& container) {
    container_ = &container;
    form_limits_ = read_form_limits(container.environment().config);
    hide_sensitive_arguments();
    server_ = &container.shared<HttpServer>();
    server_->add(*this);
}

void HttpEntrypoint::hide_sensitive_arguments() {
    payload::SensitivePaths sensitive{options().sensitive_arguments()};
    sensitive_names_ = sensitive.first_names();
    if (method_.takes_request) return;
    for (std::size_t i = 0; i < method_.arguments.size(); ++i) {
        const auto& name = method_.signature.parameters()[i].name;
        if (sensitive.concern(name)) sensitive_names_.push_back(method_.arguments[i].wire_name);
    }
    method_.signature.hide(std::move(sensitive));
}

void HttpEntrypoint::stop() noexcept {
    server_->begin_to_stop();
}

EntrypointDescription HttpEntrypoint::describe(const std::string& service_name, const Config& config) const {
    auto description = Entrypoint::describe(service_name, config);
    description.kind = "http";
    description.signature = method_.takes_request ? nullptr : &method_.signature;
    description.details = describe_route(http_method_, path_, method_, route_options());
    return description;
}

BodyRules HttpEntrypoint::body_rules(std::uint64_t max_bytes) const {
    BodyRules rules{route_options().body_limit().value_or(max_bytes)};
    if (takes_files(method_)) rules.store = std::make_shared<UploadContent>(form_limits_);
    return rules;
}

void HttpEntrypoint::handle(Request request, Responder responder) {
    struct Arrival {
        Request request;
        Responder responder;
    };
    // Shared between the task and this function, which answers when the task is refused.
    auto arrival = std::make_shared<Arrival>(Arrival{std::move(request), std::move(responder)});
    const bool accepted = container_->submit(*this, [this, arrival] { run(arrival->request, arrival->responder); });
    if (!accepted) arrival->responder(unavailable("the service is busy or about to stop; try again in a moment"));
}

void HttpEntrypoint::run(Request& request, Responder& responder) {
    auto inbound = server_->inbound(request);
    if (!route_options().has_public_access()) {
        if (auto refusal = server_->refusal(request, responder.exchange(), inbound.data)) {
            return responder(std::move(*refusal));
        }
    }
    if (const auto type = media_type(); !type.empty() && !accepts(request.headers, type)) {
        return responder(not_acceptable(type));
    }
    auto arguments = read_arguments(request);
    if (arguments.problem) return responder(std::move(*arguments.problem));
    std::optional<Response> own;
    const bool is_head = request.method == "HEAD";
    const auto run_worker = [&](const ServiceContainer::Call& call) {
        const auto call_and_stream = [&](void* object) {
            auto result = call(object);
            if (own && own->streamed_body && !is_head) stream(responder, *own);
            return result;
        };
        container_->run_worker(*this, std::move(inbound), call_and_stream,
                               [&](WorkerContext& context, WorkerResult& result) {
                                   if (responder) responder(response_to(context, result, own));
                               });
    };
    try {
        method_.with_arguments(method_.signature, std::move(arguments.arguments), request, own, run_worker);
    } catch (const ArgumentError& error) {
        responder(unfit(method_, error));
    }
}

// Gives the response away, then runs what makes its body, if that is a worker's business. A HEAD request has no use for
// the body, which may be one without end.
void HttpEntrypoint::stream(Responder& responder, Response& response) {
    if (auto make_body = response.streamed_body->take_work()) {
        responder(std::move(response));
        make_body();
    }
}

RequestArguments HttpEntrypoint::read_arguments(const Request& request) const {
    try {
        return read_request_arguments(method_, body_kind_, form_limits_, request);
    } catch (const StorageError& error) {
        Logger(container_->environment().log, "http")
            .error("{} {}: an upload is lost: {}", http_method_, path_, error.what());
        return {{}, problem(error.status(), "")};
    }
}

Response HttpEntrypoint::response_to(const WorkerContext& context, const WorkerResult& result,
                                     std::optional<Response>& own) const {
    if (result.error) return response_to_error(context, result.error);
    if (method_.result_kind == ResultKind::response && own) return std::move(*own);
    if (method_.result_is_optional && result.returned.is_null()) return problem(404, "there is no such thing");
    return success(result.returned);
}

int HttpEntrypoint::success_status() const {
    return route_options().success_status().value_or(method_.result_kind == ResultKind::nothing ? 204 : 200);
}

Response HttpEntrypoint::success(const MethodResult& result) const {
    if (method_.result_kind == ResultKind::nothing) return {success_status(), {}, {}};
    Response response{success_status(), {{"Content-Type", media_type()}}, {}};
    if (method_.result_kind != ResultKind::json) {
        response.body = result.value().as_string();
    } else if (const std::string* json = result.json()) {
        response.body = *json;
    } else {
        response.body = write_json(result.value(), JsonStyle::compact);
    }
    return response;
}

// What went wrong inside is for the log, where the container has written it with the call id: it may hold what no
// client should see.
Response HttpEntrypoint::response_to_error(const WorkerContext& context, const std::exception_ptr& error) const {
    try {
        std::rethrow_exception(error);
    } catch (const HttpError& http_error) {
        return problem(http_error);
    } catch (...) {
        std::optional<int> status = route_options().status_of(error);
        if (!status && options().is_expected(error)) status = 400;
        if (!status) return problem(500, "", {}, {{"call_id", context.call_id()}});
        return problem(*status, ErrorDescription::of(error).message, {}, what_it_is(error, options().exceptions()));
    }
}

std::unique_ptr<RouteEntrypoint> make_entrypoint(std::string http_method, std::string path, RouteMethod method) {
    return std::make_unique<HttpEntrypoint>(std::move(http_method), std::move(path), std::move(method));
}

}  // namespace hiratake::http
