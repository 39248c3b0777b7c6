#pragma once

#include <exception>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

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
    /// Arguments whose values never appear in logs, traces and error texts.
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

  private:
    std::vector<bool (*)(const std::exception_ptr&)> expected_;
    ApplicationErrorTypes exceptions_;
    std::vector<bool (*)(const std::exception_ptr&)> retried_;
    std::optional<RetrySchedule> retry_schedule_;
    std::string doc_;
    std::vector<std::string> sensitive_arguments_;
};

}  // namespace hiratake
