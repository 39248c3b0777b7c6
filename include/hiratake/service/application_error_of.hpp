#pragma once

#include <string>
#include <utility>

#include "hiratake/payload/convert.hpp"
#include "hiratake/service/application_error.hpp"

namespace hiratake {

/// An ApplicationError with details: a struct, or anything else that has a JSON form.
///
///     struct Shortage {
///         std::string account;
///         long missing_cents;
///     };
///     struct InsufficientFunds : hiratake::ApplicationErrorOf<Shortage> {
///         using ApplicationErrorOf::ApplicationErrorOf;
///     };
///
///     throw InsufficientFunds{"3 EUR are missing", {.account = "4711", .missing_cents = 300}};
template <class Details_>
class ApplicationErrorOf : public ApplicationError {
  public:
    using Details = Details_;

    ApplicationErrorOf(const std::string& message, Details details)
        : ApplicationError(message), details_(std::move(details)) {}

    const Details& details() const { return details_; }
    Value details_value() const override { return to_value(details_); }

  private:
    Details details_;
};

}  // namespace hiratake
