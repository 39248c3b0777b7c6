#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hiratake/base/method_name.hpp"
#include "hiratake/service/application_error_types.hpp"
#include "hiratake/service/retry_schedule.hpp"

namespace hiratake {

/// What a service definition says of an entrypoint beyond its method: chained to the line that declares it.
class EntrypointOptions {
  public:
    /// Exceptions of these types are part of the contract: logged as warnings, answered as the caller's fault.
    template <class... Exceptions>
    EntrypointOptions& expects() {
        (expected_.push_back(&is_a<Exceptions>), ...);
        return *this;
    }
    /// The same of the exceptions that the service's class names.
    EntrypointOptions& expects(ApplicationErrorTypes exceptions) {
        exceptions_ = exceptions;
        return *this;
    }
    /// One or two sentences for the generated documentation.
    EntrypointOptions& doc(std::string text) {
        doc_ = std::move(text);
        return *this;
    }
    /// Arguments, or parts of them, whose values never appear in logs, error texts and lists of messages:
    /// sensitive({"password", "card.number", "cards[*].number"}).
    EntrypointOptions& sensitive(std::initializer_list<std::string> arguments) {
        sensitive_arguments_ = arguments;
        return *this;
    }

    /// A message whose method throws one of these exceptions (any, where none is named) or Backoff comes again, after
    /// the delays of the schedule; then, or after any other exception, it is parked: put into the queue
    /// `<queue>.parked`. For entrypoints that take messages from a queue of their own; with any other, the container
    /// does not start.
    template <class... Exceptions>
    EntrypointOptions& retry(RetrySchedule schedule = {}) {
        retry_schedule_ = std::move(schedule);
        (retried_.push_back(&is_a<Exceptions>), ...);
        return *this;
    }

    /// The most that prefetch() takes.
    static constexpr std::size_t most_prefetch = 65'535;

    /// How many workers of the service may run the method at once, in each instance. Without it, as many as there are.
    /// Not for timers; with these, the container does not start.
    /// @param workers at least 1, or ConfigurationError
    EntrypointOptions& max_workers(std::size_t workers);
    /// How many messages may be here, running or waiting for a worker. For entrypoints that take messages from a queue
    /// of their own; with any other, the container does not start.
    /// @param messages from 1 to most_prefetch, or ConfigurationError
    EntrypointOptions& prefetch(std::size_t messages);
    /// Calls in which all of these are equal run one at a time, in the order in which they came; calls in which they
    /// differ, side by side. For RPC and WebSocket methods, event handlers and methods that consume a queue one message
    /// at a time; with any other, the container does not start. Not together with retry(). See docs/concurrency.md.
    /// @param paths parameters of an RPC or WebSocket method, or members of the message's body; "order.customer" is the
    /// member `customer` of `order`. What is not there is null.
    template <class... Paths>
    requires(sizeof...(Paths) > 0) EntrypointOptions& ordered_by(Paths&&... paths) {
        return order({std::string(std::forward<Paths>(paths))...});
    }
    /// The same by the members of a struct that is the method's only parameter: ordered_by<&Order::customer>().
    template <auto first, auto... others>
    EntrypointOptions& ordered_by() {
        return order({std::string(method_name<first>()), std::string(method_name<others>())...});
    }

    template <class Exception>
    static bool is_a(const std::exception_ptr& error) {
        try {
            std::rethrow_exception(error);
        } catch (const Exception&) {
            return true;
        } catch (...) {
            return false;
        }
    }
    bool is_expected(const std::exception_ptr& error) const;
    /// Whether an exception of any type is.
    bool expects_any() const { return !expected_.empty() || !exceptions_.empty(); }
    /// Those that the service's class names.
    const ApplicationErrorTypes& exceptions() const { return exceptions_; }
    const std::string& doc() const { return doc_; }
    /// None without retry().
    const std::optional<RetrySchedule>& retry_schedule() const { return retry_schedule_; }
    /// Whether the schedule is for this exception.
    bool is_retried(const std::exception_ptr& error) const;
    const std::vector<std::string>& sensitive_arguments() const { return sensitive_arguments_; }
    const std::optional<std::size_t>& max_workers() const { return max_workers_; }
    const std::optional<std::uint16_t>& prefetch() const { return prefetch_; }
    bool is_ordered() const { return !ordering_paths_.empty(); }
    /// Those of ordered_by().
    const std::vector<std::string>& ordering_paths() const { return ordering_paths_; }

  private:
    EntrypointOptions& order(std::vector<std::string> paths);

    std::vector<bool (*)(const std::exception_ptr&)> expected_;
    ApplicationErrorTypes exceptions_;
    std::vector<bool (*)(const std::exception_ptr&)> retried_;
    std::optional<RetrySchedule> retry_schedule_;
    std::string doc_;
    std::vector<std::string> sensitive_arguments_;
    std::optional<std::size_t> max_workers_;
    std::optional<std::uint16_t> prefetch_;
    std::vector<std::string> ordering_paths_;
};

}  // namespace hiratake
