#pragma once

/// The front door: what a service author includes.

#include "hiratake/events/event_dispatcher.hpp"
#include "hiratake/events/event_methods.hpp"
#include "hiratake/http/authentication.hpp"
#include "hiratake/http/http_methods.hpp"
#include "hiratake/messaging/messaging_methods.hpp"
#include "hiratake/messaging/publisher.hpp"
#include "hiratake/payload/parameter.hpp"
#include "hiratake/rpc/proxy.hpp"
#include "hiratake/rpc/rpc_methods.hpp"
#include "hiratake/rpc/rpc_proxy.hpp"
#include "hiratake/runner/program.hpp"
#include "hiratake/service/application_error_of.hpp"
#include "hiratake/service/exceptions.hpp"
#include "hiratake/service/service_builder.hpp"
#include "hiratake/service/waiting.hpp"
#include "hiratake/timer/timer_methods.hpp"
#include "hiratake/websocket/web_socket_hub.hpp"
#include "hiratake/websocket/web_socket_methods.hpp"

namespace hiratake {

/// What a service class defines itself with, in `static void define(hiratake::Service<Mail>& mail)`: the declarations
/// of each protocol, such as rpc() and post(), and add() for an entrypoint of your own.
template <class ServiceClass>
class Service : public ServiceBuilder<ServiceClass>,
                public RpcMethods<Service<ServiceClass>, ServiceClass>,
                public EventMethods<Service<ServiceClass>, ServiceClass>,
                public MessagingMethods<Service<ServiceClass>, ServiceClass>,
                public TimerMethods<Service<ServiceClass>, ServiceClass>,
                public HttpMethods<Service<ServiceClass>, ServiceClass>,
                public WebSocketMethods<Service<ServiceClass>, ServiceClass> {};

/// The definition of a service class. Throws ConfigurationError when it contradicts itself.
template <class ServiceClass>
ServiceDefinition define_service() {
    static_assert(
        requires(Service<ServiceClass> & service) { ServiceClass::define(service); },
        "a service class needs a function that names its entrypoints: "
        "static void define(hiratake::Service<Mail>& mail) { mail.rpc<&Mail::send>(\"to\"); }");
    Service<ServiceClass> service;
    ServiceClass::define(service);
    return std::move(service).finish();
}

/// The main function of a program that runs these services: return hiratake::main<Mail, Compute>(argc, argv);
template <class... ServiceClasses>
int main(int argc, char** argv) {
    return run_program({&define_service<ServiceClasses>...}, argc, argv);
}

}  // namespace hiratake
