#include "hiratake/payload/argument_error.hpp"

namespace hiratake {

ArgumentError::ArgumentError(const std::string& method_name, const ConversionError& error)
    : Error(method_name + "() argument" + (error.path().empty() ? "" : " '" + error.path() + "'") + ": expected " +
            error.expected() + ", " + error.problem()),
      path_(error.path()),
      expected_(error.expected()),
      problem_(error.problem()) {}

ArgumentError::~ArgumentError() = default;

}  // namespace hiratake
