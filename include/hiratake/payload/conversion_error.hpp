#pragma once

#include <string>

#include "hiratake/base/error.hpp"
#include "hiratake/payload/value.hpp"
#include "hiratake/payload/value_path.hpp"

namespace hiratake {

/// A value cannot be turned into the C++ type that was asked for. what() is like
/// "items[3].price: expected a number, got a string".
class ConversionError : public Error {
  public:
    /// @param path where in the value; see ValuePath
    /// @param expected what would have been right, as a noun: "an integer from 0 to 255"
    /// @param problem what is there instead: "got a string"
    ConversionError(std::string path, std::string expected, std::string problem);
    ConversionError(const ValuePath& path, std::string expected, const Value& got);
    ~ConversionError() override;

    const std::string& path() const { return path_; }
    const std::string& expected() const { return expected_; }
    const std::string& problem() const { return problem_; }

    /// The same error seen from one step further out: an argument's name before the path.
    ConversionError below(const std::string& outer) const;

  private:
    std::string path_;
    std::string expected_;
    std::string problem_;
};

}  // namespace hiratake
