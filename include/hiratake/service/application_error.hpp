#pragma once

#include <optional>
#include <string>
#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/base/error_origin.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake {

/// The base of an application's own exceptions that travel: a caller that knows the type catches what the service has
/// thrown, as that type (docs/errors.md). ApplicationErrorOf has one with details.
///
///     struct AccountClosed : hiratake::ApplicationError {
///         using ApplicationError::ApplicationError;
///     };
///
/// On the wire it is named by its C++ name, dotted ("bank.AccountClosed"), or by what the type says in
/// `static constexpr auto path = "bank.errors.AccountClosed";`. A `static constexpr auto doc` tells what it means.
class ApplicationError : public Error {
  public:
    /// @param message for people; what() returns it, here and at the caller
    explicit ApplicationError(const std::string& message) : Error(message) {}
    ~ApplicationError() override;

    /// The details as they travel; null where there are none.
    virtual Value details_value() const { return {}; }

    /// Where it was thrown, when it came with a reply; nothing for one that this program has thrown.
    const std::optional<ErrorOrigin>& origin() const { return origin_; }
    /// For the client that brings it.
    void came_from(ErrorOrigin origin) { origin_ = std::move(origin); }

  private:
    std::optional<ErrorOrigin> origin_;
};

}  // namespace hiratake
