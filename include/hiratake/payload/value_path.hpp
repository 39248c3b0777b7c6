#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hiratake {

/// Where in a value a conversion is, as a chain of steps on the stack; it becomes text only when something is wrong
/// there. Each step refers to the one before it, which must outlive it.
class ValuePath {
  public:
    /// The value itself.
    ValuePath() = default;

    /// `name` must outlive the step.
    ValuePath member(std::string_view name) const { return {this, name, 0}; }
    ValuePath element(std::size_t index) const { return {this, {}, index}; }

    /// Such as "items[3].price"; empty for the value itself.
    std::string to_string() const;

  private:
    ValuePath(const ValuePath* parent, std::string_view name, std::size_t index)
        : parent_(parent), name_(name), index_(index), is_member_(name.data() != nullptr) {}

    const ValuePath* parent_ = nullptr;
    std::string_view name_;
    std::size_t index_ = 0;
    bool is_member_ = false;
};

}  // namespace hiratake
