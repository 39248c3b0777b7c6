#include "broker/core/exchange_methods.hpp"

#include <fmt/core.h>

#include <string>
#include <utility>

#include "broker/core/channel.hpp"
#include "broker/core/declared_arguments.hpp"
#include "broker/core/headers_match.hpp"
#include "broker/core/names.hpp"
#include "broker/core/vhost.hpp"

namespace hiratake::broker::core {

MaybeFault check_not_default(std::string_view exchange) {
    if (!exchange.empty()) return std::nullopt;
    return access_refused("operation not permitted on the default exchange");
}

Outcome<Exchange*> find_exchange(const Vhost& vhost, std::string_view name) {
    if (Exchange* exchange = vhost.find_exchange(name)) return exchange;
    return not_found("no " + described("exchange", name, vhost.name()));
}

MaybeFault check_binding_arguments(const Exchange& exchange, const amqp::Table& arguments) {
    if (exchange.settings().type != ExchangeType::headers) return std::nullopt;
    const Outcome<HeadersMatch> match = HeadersMatch::parse(arguments);
    return match ? MaybeFault{} : MaybeFault{match.error()};
}

MaybeFault ExchangeMethods::on(const amqp::ExchangeDeclare& method) {
    if (method.passive) {
        const std::string name = without_line_breaks(method.exchange);
        if (MaybeFault fault = check_not_default(name)) return fault;
        if (const auto exchange = find_exchange(channel_.vhost(), name); !exchange) return exchange.error();
    } else if (MaybeFault fault = declare(method)) {
        return fault;
    }
    if (!method.no_wait) channel_.send(amqp::ExchangeDeclareOk{});
    return std::nullopt;
}

MaybeFault ExchangeMethods::declare(const amqp::ExchangeDeclare& method) {
    const auto type = exchange_type_named(method.type);
    if (!type) return command_invalid(fmt::format("unknown exchange type '{}'", method.type));
    const std::string name = without_line_breaks(method.exchange);
    if (MaybeFault fault = check_not_default(name)) return fault;
    if (MaybeFault fault = channel_.session().access().check_exchange(Access::configure, name)) return fault;

    const Exchange* current = channel_.vhost().find_exchange(name);
    if (!current) {
        ExchangeSettings settings;
        settings.type = *type;
        settings.durable = method.durable;
        settings.auto_delete = method.auto_delete;
        settings.internal = method.internal;
        return declare_new(name, std::move(settings), method.arguments);
    }
    const std::string subject = described("exchange", name, channel_.vhost().name());
    const ExchangeSettings& settings = current->settings();
    if (settings.type != *type) {
        return precondition_failed(fmt::format("inequivalent arg 'type' for {}: received '{}' but current is '{}'",
                                               subject, method.type, name_of(settings.type)));
    }
    if (MaybeFault fault = check_equivalent_flag(settings.durable, method.durable, "durable", subject)) return fault;
    if (MaybeFault fault = check_equivalent_flag(settings.auto_delete, method.auto_delete, "auto_delete", subject)) {
        return fault;
    }
    if (MaybeFault fault = check_equivalent_flag(settings.internal, method.internal, "internal", subject)) return fault;
    return check_equivalent_arguments(settings.arguments, method.arguments, known_exchange_arguments(), subject);
}

MaybeFault ExchangeMethods::declare_new(std::string_view name, ExchangeSettings settings,
                                        const amqp::Table& arguments) {
    if (MaybeFault fault = check_not_reserved("exchange", name)) return fault;
    auto alternate = read_alternate_exchange(arguments, described("exchange", name, channel_.vhost().name()));
    if (!alternate) return alternate.error();
    if (*alternate) {
        AccessControl& access = channel_.session().access();
        if (MaybeFault fault = access.check_exchange(Access::read, name)) return fault;
        if (MaybeFault fault = access.check_exchange(Access::write, **alternate)) return fault;
    }
    settings.arguments = arguments;
    settings.alternate_exchange = *std::move(alternate);
    channel_.vhost().add_exchange(std::string{name}, std::move(settings));
    return std::nullopt;
}

MaybeFault ExchangeMethods::on(const amqp::ExchangeDelete& method) {
    const std::string name = without_line_breaks(method.exchange);
    Vhost& vhost = channel_.vhost();
    if (MaybeFault fault = check_not_default(name)) return fault;
    if (name.starts_with("amq.")) {
        return access_refused(
            fmt::format("deletion of system {} not allowed", described("exchange", name, vhost.name())));
    }
    if (MaybeFault fault = channel_.session().access().check_exchange(Access::configure, name)) return fault;
    if (Exchange* exchange = vhost.find_exchange(name)) {
        if (method.if_unused && exchange->bindings().size() > 0) {
            return precondition_failed(described("exchange", name, vhost.name()) + " in use");
        }
        vhost.delete_exchange(*exchange);
    }
    if (!method.no_wait) channel_.send(amqp::ExchangeDeleteOk{});
    return std::nullopt;
}

MaybeFault ExchangeMethods::check_ends(std::string_view source, std::string_view destination) {
    AccessControl& access = channel_.session().access();
    if (MaybeFault fault = access.check_exchange(Access::write, destination)) return fault;
    if (MaybeFault fault = check_not_default(destination)) return fault;
    if (MaybeFault fault = check_not_default(source)) return fault;
    return access.check_exchange(Access::read, source);
}

MaybeFault ExchangeMethods::on(const amqp::ExchangeBind& method) {
    const std::string source_name = without_line_breaks(method.source);
    const std::string destination_name = without_line_breaks(method.destination);
    if (MaybeFault fault = check_ends(source_name, destination_name)) return fault;
    Vhost& vhost = channel_.vhost();
    const auto source = find_exchange(vhost, source_name);
    if (!source) return source.error();
    const auto destination = find_exchange(vhost, destination_name);
    if (!destination) return destination.error();
    if (MaybeFault fault = check_binding_arguments(**source, method.arguments)) return fault;
    vhost.bind(**source, **destination, method.routing_key, method.arguments);
    if (!method.no_wait) channel_.send(amqp::ExchangeBindOk{});
    return std::nullopt;
}

MaybeFault ExchangeMethods::on(const amqp::ExchangeUnbind& method) {
    const std::string source_name = without_line_breaks(method.source);
    const std::string destination_name = without_line_breaks(method.destination);
    if (MaybeFault fault = check_ends(source_name, destination_name)) return fault;
    Vhost& vhost = channel_.vhost();
    Exchange* source = vhost.find_exchange(source_name);
    Exchange* destination = vhost.find_exchange(destination_name);
    if (source && destination) vhost.unbind(*source, *destination, method.routing_key, method.arguments);
    if (!method.no_wait) channel_.send(amqp::ExchangeUnbindOk{});
    return std::nullopt;
}

}  // namespace hiratake::broker::core
