#pragma once

#include <utility>

#include "hiratake/base/unique_function.hpp"

namespace hiratake {

/// Holds an entry in a list of the process: it is taken out with the destruction of this object, at the latest.
class [[nodiscard]] Registration {
  public:
    /// None: only to be assigned to.
    Registration() = default;
    explicit Registration(UniqueFunction<void()> remove) : remove_(std::move(remove)) {}
    Registration(Registration&& other) noexcept : remove_(std::exchange(other.remove_, nullptr)) {}
    Registration& operator=(Registration&& other) noexcept {
        if (this != &other) {
            end();
            remove_ = std::exchange(other.remove_, nullptr);
        }
        return *this;
    }
    ~Registration() { end(); }

    /// Takes the entry out. Once this has returned, the function that was registered is not called any more.
    void end() {
        if (auto remove = std::exchange(remove_, nullptr)) remove();
    }

  private:
    UniqueFunction<void()> remove_;
};

}  // namespace hiratake
