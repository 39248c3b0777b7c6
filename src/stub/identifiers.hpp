#pragma once

#include <set>
#include <string>
#include <string_view>

namespace hiratake::stub {

/// Whether this text can be a name in C++: an identifier that is no keyword.
bool is_cpp_name(std::string_view text);
bool is_python_name(std::string_view text);

/// Names for one scope: each a valid one, and none twice.
class Scope {
  public:
    /// @param is_name of the language
    /// @param taken names that mean something else there
    explicit Scope(bool (*is_name)(std::string_view), std::set<std::string, std::less<>> taken = {})
        : is_name_(is_name), taken_(std::move(taken)) {}

    /// The text itself where it can be a name and is free; else with `_` in place of other characters and behind it.
    std::string add(std::string_view text);

  private:
    bool (*is_name_)(std::string_view);
    std::set<std::string, std::less<>> taken_;
};

/// The text as part of a comment or of a text in quotes, from which it cannot break out: without control characters, in
/// single quotes for double ones, without backslashes.
std::string harmless(std::string_view text);

/// "order_state" as "OrderState".
std::string capitalised(std::string_view text);

}  // namespace hiratake::stub
