#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "hiratake/base/manual_clock.hpp"
#include "http/connection_machine.hpp"

namespace hiratake::http {

/// A machine with a client that reads at once, unless the test says otherwise.
class MachineTest : public testing::Test {
  protected:
    /// The next request, which must be there.
    Request next_request() {
        auto request = machine_.take_request();
        EXPECT_TRUE(request);
        return request ? std::move(*request) : Request{};
    }

    /// What the machine writes now, confirmed as written.
    std::string output() {
        auto bytes = machine_.take_output();
        if (!bytes.empty()) machine_.output_written();
        return bytes;
    }

    /// What the machine answers to these bytes by itself.
    std::string answer_to(std::string_view bytes) {
        machine_.receive(bytes);
        EXPECT_FALSE(machine_.take_request()) << "it got through to the handler";
        return output();
    }

    void pass(Duration time) {
        clock_.advance(time);
        machine_.tick();
    }

    Limits limits_;
    ManualClock clock_;
    ConnectionMachine machine_{limits_, clock_};
};

}  // namespace hiratake::http
