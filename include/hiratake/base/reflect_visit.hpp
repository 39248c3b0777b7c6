#pragma once

#include <type_traits>

#include "hiratake/base/reflect_count.hpp"

namespace hiratake::reflect {
namespace detail {

template <class... Fields>
constexpr void check_field_types() {
    static_assert((!std::is_reference_v<Fields> && ...),
                  "an aggregate with a reference as a field cannot be reflected: hold a value or a pointer");
    static_assert((!std::is_array_v<Fields> && ...),
                  "an aggregate with a C array as a field cannot be reflected: use std::array");
}

}  // namespace detail

/// Calls visitor(field...) with a reference to each field of the aggregate, in order, and returns what it returns.
// A structured binding cannot take a pack in C++20, so each count is written out.
// clang-format off
template <class T, class Visitor>
constexpr decltype(auto) visit_fields(T& object, Visitor&& visitor) {
    constexpr std::size_t n = field_count<std::remove_const_t<T>>;
    using detail::check_field_types;
    if constexpr (n == 0) {
        return visitor();
    } else if constexpr (n == 1) {
        auto& [f1] = object;
        check_field_types<decltype(f1)>();
        return visitor(f1);
    } else if constexpr (n == 2) {
        auto& [f1, f2] = object;
        check_field_types<decltype(f1), decltype(f2)>();
        return visitor(f1, f2);
    } else if constexpr (n == 3) {
        auto& [f1, f2, f3] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3)>();
        return visitor(f1, f2, f3);
    } else if constexpr (n == 4) {
        auto& [f1, f2, f3, f4] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4)>();
        return visitor(f1, f2, f3, f4);
    } else if constexpr (n == 5) {
        auto& [f1, f2, f3, f4, f5] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5)>();
        return visitor(f1, f2, f3, f4, f5);
    } else if constexpr (n == 6) {
        auto& [f1, f2, f3, f4, f5, f6] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6)>();
        return visitor(f1, f2, f3, f4, f5, f6);
    } else if constexpr (n == 7) {
        auto& [f1, f2, f3, f4, f5, f6, f7] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7);
    } else if constexpr (n == 8) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8);
    } else if constexpr (n == 9) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9);
    } else if constexpr (n == 10) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10);
    } else if constexpr (n == 11) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11);
    } else if constexpr (n == 12) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12);
    } else if constexpr (n == 13) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13);
    } else if constexpr (n == 14) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14);
    } else if constexpr (n == 15) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15);
    } else if constexpr (n == 16) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16);
    } else if constexpr (n == 17) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17);
    } else if constexpr (n == 18) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18);
    } else if constexpr (n == 19) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19);
    } else if constexpr (n == 20) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20);
    } else if constexpr (n == 21) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21);
    } else if constexpr (n == 22) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22] =
            object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22);
    } else if constexpr (n == 23) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23]
            = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22), decltype(f23)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22, f23);
    } else if constexpr (n == 24) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23,
            f24] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22), decltype(f23), decltype(f24)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22, f23, f24);
    } else if constexpr (n == 25) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23,
            f24, f25] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22), decltype(f23), decltype(f24), decltype(f25)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22, f23, f24, f25);
    } else if constexpr (n == 26) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23,
            f24, f25, f26] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22), decltype(f23), decltype(f24), decltype(f25), decltype(f26)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22, f23, f24, f25, f26);
    } else if constexpr (n == 27) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23,
            f24, f25, f26, f27] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22), decltype(f23), decltype(f24), decltype(f25), decltype(f26), decltype(f27)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22, f23, f24, f25, f26, f27);
    } else if constexpr (n == 28) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23,
            f24, f25, f26, f27, f28] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22), decltype(f23), decltype(f24), decltype(f25), decltype(f26), decltype(f27),
            decltype(f28)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22, f23, f24, f25, f26, f27, f28);
    } else if constexpr (n == 29) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23,
            f24, f25, f26, f27, f28, f29] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22), decltype(f23), decltype(f24), decltype(f25), decltype(f26), decltype(f27),
            decltype(f28), decltype(f29)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22, f23, f24, f25, f26, f27, f28, f29);
    } else if constexpr (n == 30) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23,
            f24, f25, f26, f27, f28, f29, f30] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22), decltype(f23), decltype(f24), decltype(f25), decltype(f26), decltype(f27),
            decltype(f28), decltype(f29), decltype(f30)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22, f23, f24, f25, f26, f27, f28, f29, f30);
    } else if constexpr (n == 31) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23,
            f24, f25, f26, f27, f28, f29, f30, f31] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22), decltype(f23), decltype(f24), decltype(f25), decltype(f26), decltype(f27),
            decltype(f28), decltype(f29), decltype(f30), decltype(f31)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22, f23, f24, f25, f26, f27, f28, f29, f30, f31);
    } else if constexpr (n == 32) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23,
            f24, f25, f26, f27, f28, f29, f30, f31, f32] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22), decltype(f23), decltype(f24), decltype(f25), decltype(f26), decltype(f27),
            decltype(f28), decltype(f29), decltype(f30), decltype(f31), decltype(f32)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22, f23, f24, f25, f26, f27, f28, f29, f30, f31, f32);
    }
}
// clang-format on

}  // namespace hiratake::reflect
