#pragma once

#include <array>
#include <string_view>
#include <tuple>
#include <utility>

#include "hiratake/base/reflect_visit.hpp"

namespace hiratake::reflect {
namespace detail {

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"  // the whole point of Undefined
#pragma clang diagnostic ignored "-Wundefined-internal"
#endif

// Declared and never defined: the addresses of its fields are constants all the same, and a compiler spells them with
// their names. A class template, because g++ 12 refuses a variable template for types local to a function.
template <class T>
struct Undefined {
    const T value;
    static const Undefined object;
};

template <auto address>
constexpr std::string_view spelling_of_address() {
    return __PRETTY_FUNCTION__;
}

constexpr bool belongs_to_a_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

// g++ 12: "… [with auto address = (& Undefined<Order>::object.Undefined<Order>::value.Order::customer); …]"
// clang:  "… [address = &Undefined<Order>::object.value.customer]"
constexpr std::string_view name_in_spelling(std::string_view spelling) {
#if defined(__clang__)
    const std::size_t end = spelling.rfind(']');
#else
    const std::size_t end = spelling.rfind(')', spelling.rfind("; "));
#endif
    std::size_t begin = end;
    while (begin > 0 && belongs_to_a_name(spelling[begin - 1])) --begin;
    return spelling.substr(begin, end - begin);
}

template <auto address>
inline constexpr std::string_view name_of_address = name_in_spelling(spelling_of_address<address>());

struct AddressesOf {
    template <class... Fields>
    constexpr auto operator()(const Fields&... fields) const {
        return std::tuple<const Fields*...>{&fields...};
    }
};

template <class T, std::size_t... I>
constexpr std::array<std::string_view, sizeof...(I)> names_of_fields(std::index_sequence<I...>) {
    if constexpr (sizeof...(I) == 0) {
        return {};
    } else {
        constexpr auto addresses = visit_fields(Undefined<T>::object.value, AddressesOf{});
        return {name_of_address<std::get<I>(addresses)>...};
    }
}

#if defined(__clang__)
#pragma clang diagnostic pop
#endif

// A compiler that spells addresses in another way must fail here, not send wrong names over the wire.
struct SelfCheck {
    int first_field;
    struct {
        int nested;
    } second_field_;
};
static_assert(names_of_fields<SelfCheck>(std::make_index_sequence<2>{}) ==
                  std::array<std::string_view, 2>{"first_field", "second_field_"},
              "this compiler's __PRETTY_FUNCTION__ is not understood; g++ 12 and clang 19 are");

}  // namespace detail

/// The names of the fields of the aggregate T, in order.
template <class T>
inline constexpr std::array<std::string_view, field_count<T>> field_names =
    detail::names_of_fields<T>(std::make_index_sequence<field_count<T>>{});

/// Calls visitor(name, field) for each field of the aggregate in order, the field as a reference.
template <class T, class Visitor>
constexpr void for_each_field(T& object, Visitor&& visitor) {
    visit_fields(object, [&visitor](auto&... fields) {
        [[maybe_unused]] std::size_t index = 0;
        (visitor(field_names<std::remove_const_t<T>>[index++], fields), ...);
    });
}

}  // namespace hiratake::reflect
