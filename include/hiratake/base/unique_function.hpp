#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace hiratake {

template <class Signature>
class UniqueFunction;

/// A callable that is moved, never copied: what a completion handler is. (std::move_only_function comes with C++23.)
/// Callables of up to six pointers are kept in place, so that an ordinary handler allocates nothing.
template <class Result, class... Args>
class UniqueFunction<Result(Args...)> {
  public:
    UniqueFunction() = default;
    UniqueFunction(std::nullptr_t) {}  // NOLINT(google-explicit-constructor): reads as "no handler"

    template <class Callable, class = std::enable_if_t<!std::is_same_v<std::decay_t<Callable>, UniqueFunction> &&
                                                       std::is_invocable_r_v<Result, std::decay_t<Callable>&, Args...>>>
    UniqueFunction(Callable&& callable) {  // NOLINT(google-explicit-constructor): a lambda is passed as it stands
        using Stored = std::decay_t<Callable>;
        if constexpr (fits_in_place<Stored>) {
            ::new (static_cast<void*>(storage_)) Stored(std::forward<Callable>(callable));
            operations_ = &in_place_operations<Stored>;
        } else {
            ::new (static_cast<void*>(storage_)) Stored*(new Stored(std::forward<Callable>(callable)));
            operations_ = &allocated_operations<Stored>;
        }
    }

    UniqueFunction(UniqueFunction&& other) noexcept { take(other); }
    UniqueFunction& operator=(UniqueFunction&& other) noexcept {
        if (this != &other) {
            reset();
            take(other);
        }
        return *this;
    }
    UniqueFunction(const UniqueFunction&) = delete;
    UniqueFunction& operator=(const UniqueFunction&) = delete;
    ~UniqueFunction() { reset(); }

    explicit operator bool() const { return operations_ != nullptr; }

    /// Must not be empty.
    Result operator()(Args... args) { return operations_->call(storage_, std::forward<Args>(args)...); }

  private:
    static constexpr std::size_t capacity = 6 * sizeof(void*);

    struct Operations {
        Result (*call)(std::byte* storage, Args&&... args);
        void (*move)(std::byte* from, std::byte* to) noexcept;
        void (*destroy)(std::byte* storage) noexcept;
    };

    template <class Stored>
    static constexpr bool fits_in_place =
        sizeof(Stored) <= capacity &&
        alignof(Stored) <= alignof(std::max_align_t) && std::is_nothrow_move_constructible_v<Stored>;

    template <class Stored>
    static Stored& stored(std::byte* storage) {
        return *std::launder(reinterpret_cast<Stored*>(storage));
    }

    template <class Stored>
    static constexpr Operations in_place_operations{
        [](std::byte* storage, Args&&... args) -> Result {
            return static_cast<Result>(stored<Stored>(storage)(std::forward<Args>(args)...));
        },
        [](std::byte* from, std::byte* to) noexcept {
            ::new (static_cast<void*>(to)) Stored(std::move(stored<Stored>(from)));
            std::destroy_at(&stored<Stored>(from));
        },
        [](std::byte* storage) noexcept { std::destroy_at(&stored<Stored>(storage)); }};

    template <class Stored>
    static constexpr Operations allocated_operations{
        [](std::byte* storage, Args&&... args) -> Result {
            return static_cast<Result>((*stored<Stored*>(storage))(std::forward<Args>(args)...));
        },
        [](std::byte* from, std::byte* to) noexcept { ::new (static_cast<void*>(to)) Stored*(stored<Stored*>(from)); },
        [](std::byte* storage) noexcept { delete stored<Stored*>(storage); }};

    void take(UniqueFunction& other) noexcept {
        if (!other.operations_) return;
        other.operations_->move(other.storage_, storage_);
        operations_ = std::exchange(other.operations_, nullptr);
    }
    void reset() noexcept {
        if (operations_) std::exchange(operations_, nullptr)->destroy(storage_);
    }

    alignas(std::max_align_t) std::byte storage_[capacity];
    const Operations* operations_ = nullptr;
};

}  // namespace hiratake
