#pragma once

#include <string>

#include "hiratake/base/error.hpp"
#include "hiratake/payload/conversion_error.hpp"

namespace hiratake {

/// The arguments of a call do not fit the method: one is missing, too many, unknown, or of the wrong type.
class ArgumentError : public Error {
  public:
    /// Arguments that cannot be matched to parameters.
    explicit ArgumentError(const std::string& what) : Error(what) {}
    /// An argument of the wrong type. The error's path starts with the argument's name.
    ArgumentError(const std::string& method_name, const ConversionError& error);
    ~ArgumentError() override;

    /// Which argument, and where in it: "order.items[3].price". Empty when arguments could not be matched to
    /// parameters.
    const std::string& path() const { return path_; }
    const std::string& expected() const { return expected_; }
    const std::string& problem() const { return problem_; }

  private:
    std::string path_;
    std::string expected_;
    std::string problem_;
};

}  // namespace hiratake
