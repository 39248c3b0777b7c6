#pragma once

#include "hiratake/client/connection.hpp"
#include "hiratake/client/connection_source.hpp"
#include "support/test_environment.hpp"

namespace hiratake::messaging {

/// A connection that is never started, for what happens before.
struct OneConnection final : client::ConnectionSource {
    explicit OneConnection(test::TestEnvironment& environment)
        : made({}, environment.event_loop, environment.log, environment.clock, environment.random) {
        environment.resources.add<client::ConnectionSource>(*this);
    }
    client::Connection& connection() override { return made; }
    client::Connection made;
};

}  // namespace hiratake::messaging
