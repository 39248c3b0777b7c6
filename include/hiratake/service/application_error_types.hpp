#pragma once

#include <concepts>
#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <typeinfo>

#include "hiratake/payload/schema_function.hpp"
#include "hiratake/service/application_error.hpp"

namespace hiratake {

/// One type of ApplicationError with its C++ type erased: what a service says that it throws, and what a caller makes
/// of an error in a reply.
struct ApplicationErrorType {
    /// What it is called on the wire: "bank.InsufficientFunds".
    std::string (*path)();
    /// What it means, for the documentation.
    std::string_view doc;
    const std::type_info* type;
    /// Whether an error is of this type or of one derived from it.
    bool (*is_base_of)(const ApplicationError& error);
    /// The schema of the details; null where there are none.
    SchemaFunction details_schema;
    /// An exception of this type. Throws ConversionError when the details do not fit it.
    std::exception_ptr (*make)(const std::string& message, Value details, ErrorOrigin origin);
};

/// A list of them, made by `exceptions`. A view of a constant table: as cheap to copy as a pointer.
class ApplicationErrorTypes {
  public:
    constexpr ApplicationErrorTypes() = default;
    constexpr explicit ApplicationErrorTypes(std::span<const ApplicationErrorType> types) : types_(types) {}

    auto begin() const { return types_.begin(); }
    auto end() const { return types_.end(); }
    bool empty() const { return types_.empty(); }

    /// The error's own type, or else the first that it is derived from, or null.
    const ApplicationErrorType* find(const ApplicationError& error) const;
    /// The type of this path, or null.
    const ApplicationErrorType* find(std::string_view path) const;
    /// What the error is called on the wire: as its type in this list, as it was where it came from, or by its own C++
    /// name.
    std::string path_of(const ApplicationError& error) const;

  private:
    std::span<const ApplicationErrorType> types_;
};

/// What a service class says that its methods throw; nothing where it does not say.
template <class ServiceClass>
constexpr ApplicationErrorTypes exceptions_of() {
    if constexpr (requires {
                      { ServiceClass::exceptions } -> std::convertible_to<ApplicationErrorTypes>;
                  }) {
        return ServiceClass::exceptions;
    } else {
        return {};
    }
}

}  // namespace hiratake
