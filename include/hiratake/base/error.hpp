#pragma once

#include <stdexcept>
#include <string>

namespace hiratake {

/// The root of every exception that Hiratake throws. what() says what was being done, to what, what went wrong
/// and, where there is one, the remedy.
class Error : public std::runtime_error {
  public:
    explicit Error(const std::string& what) : std::runtime_error(what) {}
    ~Error() override;
};

/// A configuration file, option, URI or service definition that cannot be used as it stands.
class ConfigurationError : public Error {
  public:
    explicit ConfigurationError(const std::string& what) : Error(what) {}
    ~ConfigurationError() override;
};

/// A deadline passed before the awaited thing happened.
class TimeoutError : public Error {
  public:
    explicit TimeoutError(const std::string& what) : Error(what) {}
    ~TimeoutError() override;
};

}  // namespace hiratake
