#include "gateway/service_descriptions.hpp"

#include <algorithm>
#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/rpc/rpc_caller.hpp"
#include "net/event_loop.hpp"

namespace hiratake::gateway {

ServiceDescriptions::ServiceDescriptions(net::EventLoop& loop, Duration refresh)
    : loop_(loop),
      logger_(loop.log(), "gateway"),
      refresh_(refresh),
      timer_(loop),
      is_alive_(std::make_shared<bool>(true)) {}

ServiceDescriptions::~ServiceDescriptions() {
    stop();
}

void ServiceDescriptions::stop() {
    *is_alive_ = false;
    timer_.cancel();
    sources_.clear();
}

void ServiceDescriptions::add(const std::string& service, Listener listener) {
    auto source = std::find_if(sources_.begin(), sources_.end(),
                               [&service](const Source& each) { return each.service == service; });
    if (source == sources_.end()) {
        source = sources_.insert(source, Source{service, DescriptionSchedule{refresh_}, {}});
    }
    source->listeners.push_back(std::move(listener));
}

void ServiceDescriptions::start(RpcCaller& caller) {
    caller_ = &caller;
    look_after_all();
}

void ServiceDescriptions::doubt(const std::string& service) {
    for (Source& source : sources_) {
        if (source.service == service) source.schedule.doubt(loop_.clock().now());
    }
    look_after_all();
}

void ServiceDescriptions::look_after_all() {
    const TimePoint now = loop_.clock().now();
    Deadline next;
    for (Source& source : sources_) {
        if (source.schedule.is_due(now) && source.schedule.is_asking()) give_up(source);
        if (source.schedule.is_due(now)) ask(source);
        next = next.earlier(source.schedule.next());
    }
    timer_.start(next, [this] { look_after_all(); });
}

void ServiceDescriptions::ask(Source& source) {
    const TimePoint now = loop_.clock().now();
    source.schedule.asked(now);
    RpcRequest request;
    request.service = source.service;
    request.method = ServiceDescription::method_name;
    request.timeout = DescriptionSchedule::longest_wait_for_answer;
    try {
        source.question = caller_->call(std::move(request));
    } catch (const Error& error) {
        logger_.warning("{} cannot be asked for its description: {}", source.service, error.what());
        return source.schedule.failed(now);
    }
    const auto number = ++source.question_number;
    source.question->when_ready([this, &source, number, &loop = loop_, is_alive = is_alive_] {
        loop.post([this, &source, number, is_alive] {
            if (!*is_alive || number != source.question_number || !source.schedule.is_asking()) return;
            receive(source);
            look_after_all();
        });
    });
}

void ServiceDescriptions::give_up(Source& source) {
    logger_.debug("{} does not tell its methods", source.service);
    source.schedule.failed(loop_.clock().now());
    source.question.reset();
}

void ServiceDescriptions::receive(Source& source) {
    const TimePoint now = loop_.clock().now();
    try {
        take(source, answer_of(source));
        source.schedule.answered(now);
    } catch (const UnknownService&) {
        logger_.debug("{} is not running: its methods are not known yet", source.service);
        source.schedule.failed(now);
    } catch (const Error& error) {
        logger_.warning("{} gives no description that can be used: {}", source.service, error.what());
        source.schedule.failed(now);
    }
    source.question.reset();
}

Value ServiceDescriptions::answer_of(Source& source) {
    try {
        return source.question->result();
    } catch (const MethodNotFound&) {
        return nullptr;
    }
}

void ServiceDescriptions::take(Source& source, Value answer) {
    if (source.known && *source.known == answer) return;
    std::optional<ServiceDescription> description;
    if (!answer.is_null()) description = ServiceDescription::from_value(answer);
    for (const Listener& listener : source.listeners) listener(description ? &*description : nullptr);
    logger_.info(
        "{} {}", source.service,
        description ? "has described its methods" : "does not describe its methods: arguments go on unchecked");
    source.known = std::move(answer);
}

}  // namespace hiratake::gateway
