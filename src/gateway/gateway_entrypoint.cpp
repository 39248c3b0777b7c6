#include "gateway/gateway_entrypoint.hpp"

#include <fmt/format.h>

#include <exception>
#include <map>
#include <utility>

#include "gateway/check_route.hpp"
#include "gateway/error_answer.hpp"
#include "gateway/gateway.hpp"
#include "hiratake/base/error.hpp"
#include "hiratake/rpc/service_description.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/error_description.hpp"
#include "hiratake/service/service_container.hpp"
#include "hiratake/service/worker_context.hpp"
#include "http/accept.hpp"
#include "http/http_server.hpp"
#include "http/problem.hpp"
#include "http/request_problems.hpp"
#include "http/route_description.hpp"
#include "net/event_loop.hpp"
#include "rpc/rpc_client.hpp"

namespace hiratake::gateway {
namespace {

constexpr const char* absent = "the service behind this has not been seen yet; try again in a moment";
constexpr const char* busy = "too many requests wait for the services behind this; try again in a moment";

Route checked(Route route) {
    check_route(route, fmt::format("the published route {} {}", route.http_method, route.path));
    return route;
}

}  // namespace

GatewayEntrypoint::GatewayEntrypoint(Route route)
    : RouteEntrypoint(route.rpc),
      route_(checked(std::move(route))),
      target_(*parse_rpc_target(route_.rpc)),
      method_(std::make_shared<RemoteMethod>(route_)) {
    auto& words = route_options();
    words.doc(route_.doc).summary(route_.summary).status(route_.status);
    for (const auto& tag : route_.tags) words.tag(tag);
    if (route_.tags.empty()) words.tag(target_.service);
    if (route_.has_public_access) words.public_access();
    std::map<int, std::string> meanings;
    for (const auto& [type, status] : route_.errors) {
        auto& meaning = meanings[status];
        meaning += (meaning.empty() ? "" : " or ") + type;
    }
    for (const auto& [status, meaning] : meanings) words.responds(status, meaning + ".");
    words.responds(502, "The service behind this does not have the method, or its answer makes no sense.");
    words.responds(504, "The service behind this has not answered in time.");
}

void GatewayEntrypoint::setup(ServiceContainer& container) {
    container_ = &container;
    const Config& config = container.environment().config;
    logger_.emplace(container.environment().log, container.service_name());
    timeout_ = route_.timeout.value_or(rpc::RpcClient::configured_timeout(config));
    gateway_ = &container.shared<Gateway>();
    gateway_->add(target_.service, [this](const ServiceDescription* description) { learn(description); });
    server_ = &container.shared<http::HttpServer>();
    server_->add(*this);
}

void GatewayEntrypoint::stop() noexcept {
    server_->begin_to_stop();
}

bool GatewayEntrypoint::drain(Deadline deadline) noexcept {
    return gateway_->calls().wait_for_end(deadline);
}

EntrypointDescription GatewayEntrypoint::describe(const std::string& service_name, const Config& config) const {
    auto description = Entrypoint::describe(service_name, config);
    description.kind = "http";
    description.signature = &method_->route_method().signature;
    description.details =
        http::describe_route(route_.http_method, route_.path, method_->route_method(), route_options());
    if (description.doc.empty()) description.doc = method_->doc();
    description.exceptions = method_->exceptions();
    description.sensitive_arguments = method_->route_method().signature.sensitive().texts();
    Object statuses;
    for (const DocumentedException& each : description.exceptions) {
        if (const auto status = configured_status(route_, type_in_path(each.path), each.path)) {
            statuses.append(each.path, *status);
        }
    }
    description.details.set("exception_statuses", std::move(statuses));
    if (!method_->is_described()) description.details.set("takes_any_arguments", true);
    return description;
}

void GatewayEntrypoint::learn(const ServiceDescription* description) {
    auto known = known_method(description);
    {
        const std::lock_guard lock{mutex_};
        method_ = std::move(known);
        is_known_ = true;
    }
    server_->renew_documents();
}

std::shared_ptr<const RemoteMethod> GatewayEntrypoint::known_method(const ServiceDescription* description) const {
    const auto* described = description ? description->find_method(target_.method) : nullptr;
    if (described) {
        try {
            const auto schemas = std::make_shared<const RemoteSchemas>(target_.service, description->definitions);
            return std::make_shared<RemoteMethod>(route_, *described, description->exceptions, schemas);
        } catch (const Error& error) {
            logger_->error("{} {} does not fit {}, which it is to publish: {}", route_.http_method, route_.path,
                           route_.rpc, error.what());
        }
    } else if (description) {
        logger_->error("{} {} is to publish {}, and {} has no such method", route_.http_method, route_.path, route_.rpc,
                       target_.service);
    }
    return std::make_shared<RemoteMethod>(route_);
}

std::shared_ptr<const RemoteMethod> GatewayEntrypoint::method() const {
    const std::lock_guard lock{mutex_};
    return is_known_ ? method_ : nullptr;
}

std::vector<std::string> GatewayEntrypoint::sensitive_arguments() const {
    const std::lock_guard lock{mutex_};
    return method_->sensitive_names();
}

void GatewayEntrypoint::handle(http::Request request, http::Responder responder) {
    auto place = gateway_->calls().enter();
    if (!place) return responder(http::unavailable(busy));
    auto call = std::make_shared<PublishedCall>(std::move(request), std::move(responder), std::move(*place));
    const bool is_accepted = container_->submit(*this, [this, call] {
        try {
            send(call);
        } catch (...) {
            if (call->responder) call->responder(failure(call->call_id));
        }
    });
    if (!is_accepted) call->responder(http::unavailable(busy));
}

void GatewayEntrypoint::send(const Call& call) {
    const http::Request& request = call->request;
    auto inbound = server_->inbound(request);
    if (!route_.has_public_access) {
        if (auto refusal = server_->refusal(request, call->responder.exchange(), inbound.data)) {
            return call->responder(std::move(*refusal));
        }
    }
    if (route_.sends_result() && !http::accepts(request.headers, "application/json")) {
        return call->responder(http::not_acceptable("application/json"));
    }
    const auto known = method();
    if (!known) {
        gateway_->doubt(target_.service);
        return call->responder(http::unavailable(absent));
    }
    auto arguments = known->read_arguments(request);
    if (arguments.problem) return call->responder(std::move(*arguments.problem));

    const WorkerContext context = container_->context_for(*this, std::move(inbound));
    call->call_id = context.call_id();
    RpcRequest rpc_request;
    rpc_request.service = target_.service;
    rpc_request.method = target_.method;
    rpc_request.kwargs = std::move(arguments.kwargs);
    rpc_request.timeout = timeout_;
    rpc_request.is_awaited = true;
    rpc_request.call_id_stack = context.call_id_stack();
    rpc_request.context_data = context.data();
    call->reply = gateway_->caller().call(std::move(rpc_request));
    wait(call, Deadline::after(container_->environment().clock.now(), timeout_));
}

// From here on the loop's thread has the call: first to set the timer, so that it cannot be over before.
void GatewayEntrypoint::wait(const Call& call, Deadline deadline) {
    gateway_->post([this, call, deadline] {
        call->timer.emplace(container_->environment().event_loop);
        call->timer->start(deadline, gateway_->while_open([this, call] { end(call); }));
        call->reply->when_ready([this, call] { gateway_->post([this, call] { end(call); }); });
    });
}

void GatewayEntrypoint::end(const Call& call) {
    if (std::exchange(call->is_over, true)) return;
    const Call kept = call;  // `call` may belong to the timer
    kept->timer.reset();
    if (!container_->submit(*this, [this, kept] { answer(*kept); })) answer(*kept);
}

void GatewayEntrypoint::answer(PublishedCall& call) const {
    http::Response response;
    try {
        response = success(call.reply->result());
    } catch (...) {
        response = failure(call.call_id);
    }
    call.responder(std::move(response));
}

http::Response GatewayEntrypoint::success(const Value& result) const {
    if (!route_.sends_result()) return {route_.status, {}, {}};
    return http::Response::json(result, route_.status);
}

// Of the exception that is being handled.
http::Response GatewayEntrypoint::failure(const std::string& call_id) const {
    const auto known = method();
    auto answer = answer_to_error(std::current_exception(), route_,
                                  known ? known->exceptions() : std::vector<DocumentedException>{}, call_id);
    if (!answer.problem.empty()) {
        logger_->error("{} {}: the call {} of {} failed: {}", route_.http_method, route_.path, call_id, route_.rpc,
                       answer.problem);
    }
    if (answer.contradicts_description) gateway_->doubt(target_.service);
    return std::move(answer.response);
}

}  // namespace hiratake::gateway
