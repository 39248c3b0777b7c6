#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "hiratake/base/error.hpp"
#include "hiratake/payload/json.hpp"
#include "shell/cluster.hpp"

namespace hiratake::shell {

/// Notes what the shell asks of it and answers each call with `answer`.
class FakeCluster final : public Cluster {
  public:
    std::unique_ptr<PendingCall> call(const std::string& service, const std::string& method, Array args,
                                      Object kwargs) override {
        if (disconnected) throw Error("the shell is disconnected");
        calls.push_back(service + "." + method + " " + write_json(Value{std::move(args)}) + " " +
                        write_json(Value{std::move(kwargs)}));
        return std::make_unique<Pending>(*this);
    }
    void dispatch_event(const std::string& service, const std::string& type, Value data) override {
        calls.push_back("event " + service + " " + type + " " + write_json(data));
    }
    void disconnect() override { disconnected = true; }
    void interrupt() override { ++interrupts; }

    std::function<Value()> answer = [] { return Value{}; };
    std::vector<std::string> calls;
    int waits = 0;
    int dropped = 0;
    int interrupts = 0;
    bool disconnected = false;

  private:
    class Pending final : public PendingCall {
      public:
        explicit Pending(FakeCluster& cluster) : cluster_(cluster) {}
        ~Pending() override { ++cluster_.dropped; }
        Value result() override {
            ++cluster_.waits;
            return cluster_.answer();
        }

      private:
        FakeCluster& cluster_;
    };
};

}  // namespace hiratake::shell
