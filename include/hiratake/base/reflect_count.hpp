#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

namespace hiratake::reflect {

inline constexpr std::size_t max_fields = 32;

namespace detail {

// Stand-ins for an initialiser of unknown type, used in unevaluated brace initialisation only. The operators are not
// constexpr, because g++ then warns "used but never defined" for members that are no literal types.
struct Anything {
    template <class U>
    operator U() const;
};

struct AnyLvalue {
    template <class U>
    operator U&() const;
};

// Not copyable, or it would itself be a fine initialiser for a first field of type std::any.
template <class T>
struct AnyBase {
    AnyBase(const AnyBase&) = delete;
    template <class U>
    requires(std::is_base_of_v<U, T> && !std::is_same_v<U, T>) operator U() const;
};

template <std::size_t>
using AnythingFor = Anything;

template <class T, std::size_t... I>
constexpr bool takes(std::index_sequence<I...>) {
    return requires {
        T{AnythingFor<I>{}...};
    };
}

template <class T, std::size_t... I>
constexpr bool takes_one_reference_more(std::index_sequence<I...>) {
    return requires(AnyLvalue lvalue) {
        T{AnythingFor<I>{}..., lvalue};
    };
}

// An array of several elements counts as several initialisers, but one pair of braces fills it: too many follow then.
template <class T, std::size_t... Before, std::size_t... After>
constexpr bool takes_braces_between(std::index_sequence<Before...>, std::index_sequence<After...>) {
    return requires {
        T{AnythingFor<Before>{}..., {}, AnythingFor<After>{}...};
    };
}

template <class T>
constexpr bool has_base() {
    return requires(AnyBase<T> & base) {
        T{static_cast<AnyBase<T>&&>(base)};
    };
}

template <class T, std::size_t n = 0>
constexpr std::size_t count_initialisers() {
    if constexpr (n > max_fields || !takes<T>(std::make_index_sequence<n + 1>{})) {
        return n;
    } else {
        return count_initialisers<T, n + 1>();
    }
}

template <class T, std::size_t n, std::size_t... I>
constexpr bool each_field_takes_braces(std::index_sequence<I...>) {
    return (takes_braces_between<T>(std::make_index_sequence<I>{}, std::make_index_sequence<n - I - 1>{}) && ...);
}

template <class T>
constexpr std::size_t count_fields() {
    static_assert(
        std::is_class_v<T> && std::is_aggregate_v<T>,
        "only aggregates can be reflected: a struct without constructors, private members or virtual functions");
    static_assert(!has_base<T>(), "an aggregate with a base class cannot be reflected: make the base a field");
    constexpr std::size_t n = count_initialisers<T>();
    static_assert(n <= max_fields, "an aggregate with more than 32 fields cannot be reflected: group some in a struct");
    // A reference must be initialised, so that already the first initialisers alone do not do.
    static_assert(
        n > max_fields ||
            (takes<T>(std::make_index_sequence<n>{}) && !takes_one_reference_more<T>(std::make_index_sequence<n>{})),
        "an aggregate with a reference as a field cannot be reflected: hold a value or a pointer; fields must "
        "be default constructible");
    static_assert(n > max_fields || each_field_takes_braces<T, n>(std::make_index_sequence<n>{}),
                  "an aggregate with a C array as a field cannot be reflected: use std::array; fields must be default "
                  "constructible");
    return n;
}

}  // namespace detail

/// How many fields the aggregate T has. T may have up to 32, none of them a reference or a C array, and no base class;
/// a static_assert says which of these is broken.
template <class T>
inline constexpr std::size_t field_count = detail::count_fields<T>();

}  // namespace hiratake::reflect
