#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hiratake/payload/value.hpp"

namespace hiratake {

/// The configuration of a process: one map, read once at start and never changed. Keys of nested maps are joined by
/// dots: "smtp.host". Safe from any thread.
class Config {
  public:
    Config() = default;
    explicit Config(Object values) : values_(std::move(values)) {}

    const Object& values() const { return values_; }

    /// The value at a dotted key, or nullptr where there is none.
    const Value* find(std::string_view key) const;
    bool contains(std::string_view key) const { return find(key) != nullptr; }

    /// Each of these throws ConfigurationError, naming the key, what it holds and what was expected, when the value is
    /// there but of another kind. A null counts as absent.
    std::optional<std::string> text(std::string_view key) const;
    std::optional<std::int64_t> integer(std::string_view key) const;
    std::optional<double> number(std::string_view key) const;
    std::optional<bool> boolean(std::string_view key) const;
    /// A number of seconds; zero or more.
    std::optional<std::chrono::nanoseconds> seconds(std::string_view key) const;

    /// The same configuration with the value at a dotted key set, maps made on the way as needed.
    Config with(std::string_view key, Value value) const;

  private:
    Object values_;
};

}  // namespace hiratake
