#pragma once

#include <string_view>

#include "amqp/methods.hpp"
#include "broker/core/fault.hpp"

namespace hiratake::broker::core {

class Session;

/// What the methods do that concern the connection itself: those on channel 0.
class ConnectionMethods {
  public:
    explicit ConnectionMethods(Session& session) : session_(session) {}

    template <class Method>
    void on(const Method&) {
        fault = unexpected();
    }
    void on(const amqp::ConnectionStartOk& method);
    void on(const amqp::ConnectionTuneOk& method);
    void on(const amqp::ConnectionOpen& method);
    void on(const amqp::ConnectionClose& method);
    void on(const amqp::ConnectionUpdateSecret& method);

    MaybeFault fault;

  private:
    Fault unexpected() const;

    Session& session_;
};

}  // namespace hiratake::broker::core
