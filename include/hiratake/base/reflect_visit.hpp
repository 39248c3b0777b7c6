#pragma once

#include <cstddef>
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

// A structured binding cannot take a pack in C++20, so each count of fields is written out.
template <std::size_t count>
struct FieldVisitor;

// clang-format off
template <>
struct FieldVisitor<0> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T&, Visitor& visitor) { return visitor(); }
};

template <>
struct FieldVisitor<1> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1] = object;
        check_field_types<decltype(f1)>();
        return visitor(f1);
    }
};
template <>
struct FieldVisitor<2> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2] = object;
        check_field_types<decltype(f1), decltype(f2)>();
        return visitor(f1, f2);
    }
};
template <>
struct FieldVisitor<3> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3)>();
        return visitor(f1, f2, f3);
    }
};
template <>
struct FieldVisitor<4> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4)>();
        return visitor(f1, f2, f3, f4);
    }
};
template <>
struct FieldVisitor<5> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5)>();
        return visitor(f1, f2, f3, f4, f5);
    }
};
template <>
struct FieldVisitor<6> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6)>();
        return visitor(f1, f2, f3, f4, f5, f6);
    }
};
template <>
struct FieldVisitor<7> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7);
    }
};
template <>
struct FieldVisitor<8> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8);
    }
};
template <>
struct FieldVisitor<9> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9);
    }
};
template <>
struct FieldVisitor<10> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10);
    }
};
template <>
struct FieldVisitor<11> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11);
    }
};
template <>
struct FieldVisitor<12> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12);
    }
};
template <>
struct FieldVisitor<13> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13);
    }
};
template <>
struct FieldVisitor<14> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14);
    }
};
template <>
struct FieldVisitor<15> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15);
    }
};
template <>
struct FieldVisitor<16> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16);
    }
};
template <>
struct FieldVisitor<17> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17);
    }
};
template <>
struct FieldVisitor<18> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18);
    }
};
template <>
struct FieldVisitor<19> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19);
    }
};
template <>
struct FieldVisitor<20> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20);
    }
};
template <>
struct FieldVisitor<21> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21);
    }
};
template <>
struct FieldVisitor<22> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22] =
            object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22);
    }
};
template <>
struct FieldVisitor<23> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23]
            = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22), decltype(f23)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22, f23);
    }
};
template <>
struct FieldVisitor<24> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23,
            f24] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22), decltype(f23), decltype(f24)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22, f23, f24);
    }
};
template <>
struct FieldVisitor<25> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23,
            f24, f25] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22), decltype(f23), decltype(f24), decltype(f25)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22, f23, f24, f25);
    }
};
template <>
struct FieldVisitor<26> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23,
            f24, f25, f26] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22), decltype(f23), decltype(f24), decltype(f25), decltype(f26)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22, f23, f24, f25, f26);
    }
};
template <>
struct FieldVisitor<27> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23,
            f24, f25, f26, f27] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22), decltype(f23), decltype(f24), decltype(f25), decltype(f26), decltype(f27)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22, f23, f24, f25, f26, f27);
    }
};
template <>
struct FieldVisitor<28> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23,
            f24, f25, f26, f27, f28] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22), decltype(f23), decltype(f24), decltype(f25), decltype(f26), decltype(f27),
            decltype(f28)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22, f23, f24, f25, f26, f27, f28);
    }
};
template <>
struct FieldVisitor<29> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23,
            f24, f25, f26, f27, f28, f29] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22), decltype(f23), decltype(f24), decltype(f25), decltype(f26), decltype(f27),
            decltype(f28), decltype(f29)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22, f23, f24, f25, f26, f27, f28, f29);
    }
};
template <>
struct FieldVisitor<30> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23,
            f24, f25, f26, f27, f28, f29, f30] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22), decltype(f23), decltype(f24), decltype(f25), decltype(f26), decltype(f27),
            decltype(f28), decltype(f29), decltype(f30)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22, f23, f24, f25, f26, f27, f28, f29, f30);
    }
};
template <>
struct FieldVisitor<31> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
        auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23,
            f24, f25, f26, f27, f28, f29, f30, f31] = object;
        check_field_types<decltype(f1), decltype(f2), decltype(f3), decltype(f4), decltype(f5), decltype(f6),
            decltype(f7), decltype(f8), decltype(f9), decltype(f10), decltype(f11), decltype(f12), decltype(f13),
            decltype(f14), decltype(f15), decltype(f16), decltype(f17), decltype(f18), decltype(f19), decltype(f20),
            decltype(f21), decltype(f22), decltype(f23), decltype(f24), decltype(f25), decltype(f26), decltype(f27),
            decltype(f28), decltype(f29), decltype(f30), decltype(f31)>();
        return visitor(f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21,
            f22, f23, f24, f25, f26, f27, f28, f29, f30, f31);
    }
};
template <>
struct FieldVisitor<32> {
    template <class T, class Visitor>
    static constexpr decltype(auto) visit(T& object, Visitor& visitor) {
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
};
// clang-format on

}  // namespace detail

/// Calls visitor(field...) with a reference to each field of the aggregate, in order, and returns what it returns.
template <class T, class Visitor>
constexpr decltype(auto) visit_fields(T& object, Visitor&& visitor) {
    return detail::FieldVisitor<field_count<std::remove_const_t<T>>>::visit(object, visitor);
}

}  // namespace hiratake::reflect
