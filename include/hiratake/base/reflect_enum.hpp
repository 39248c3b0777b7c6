#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace hiratake::reflect {

/// Which values of E are tried for a name. Specialise it for an enumeration whose enumerators lie outside; each value
/// costs compile time.
template <class E>
struct EnumRange {
    static constexpr int min = -128;
    static constexpr int max = 127;
};

template <class E>
struct Enumerator {
    E value;
    std::string_view name;
};

namespace detail {

// Without a fixed underlying type, most values of the range would not be values of the enumeration at all.
template <class E>
concept FixedEnum = std::is_enum_v<E> && requires {
    E{0};
};

// Limits are compared as long long: no value outside of its range is tried.
template <class E>
constexpr long long first_value() {
    using Limits = std::numeric_limits<std::underlying_type_t<E>>;
    constexpr long long lowest = Limits::is_signed ? static_cast<long long>(Limits::min()) : 0;
    return lowest > EnumRange<E>::min ? lowest : EnumRange<E>::min;
}

template <class E>
constexpr long long last_value() {
    using Limits = std::numeric_limits<std::underlying_type_t<E>>;
    constexpr long long highest =
        Limits::digits >= 63 ? std::numeric_limits<long long>::max() : static_cast<long long>(Limits::max());
    return highest < EnumRange<E>::max ? highest : EnumRange<E>::max;
}

// All values in one instantiation: "… values = {Color::red, (Color)1, …}". One function for each would be far dearer.
template <class E, E... values>
constexpr std::string_view spelling_of_values() {
    return __PRETTY_FUNCTION__;
}

template <class E, std::size_t... I>
constexpr std::string_view spelling_of_range(std::index_sequence<I...>) {
    return spelling_of_values<E, static_cast<E>(first_value<E>() + static_cast<long long>(I))...>();
}

constexpr bool belongs_to_an_enumerator(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

// The end of the value that starts at `position`: a comma or closing bracket that is not inside of brackets of the
// value's own, such as those of "{anonymous}::", "(anonymous namespace)::" or "TestBody()::".
constexpr std::size_t end_of_value(std::string_view spelling, std::size_t position) {
    for (int depth = 0; position < spelling.size(); ++position) {
        const char c = spelling[position];
        if (c == '(' || c == '{' || c == '<' || c == '[') ++depth;
        if (c == ',' && depth == 0) break;
        if ((c == ')' || c == '}' || c == '>' || c == ']') && --depth < 0) break;
    }
    return position;
}

// Walks the spellings of the values and calls found(index, name) for those that have a name: "…::name", not "(…)12".
template <class Found>
constexpr void for_each_named_value(std::string_view spelling, std::size_t count, Found found) {
    std::size_t position = spelling.rfind("values = ") + std::string_view("values = <").size();
    for (std::size_t index = 0; index < count; ++index) {
        const std::size_t end = end_of_value(spelling, position);
        std::size_t begin = end;
        while (begin > position && belongs_to_an_enumerator(spelling[begin - 1])) --begin;
        if (spelling[begin] < '0' || spelling[begin] > '9') found(index, spelling.substr(begin, end - begin));
        position = end + std::string_view(", ").size();
    }
}

template <class E>
struct EnumTable {
    static_assert(
        FixedEnum<E>,
        "an enumeration without a fixed underlying type cannot be reflected: use enum class, or enum E : int");
    static constexpr std::size_t tried = static_cast<std::size_t>(last_value<E>() - first_value<E>() + 1);
    static constexpr std::string_view spelling = spelling_of_range<E>(std::make_index_sequence<tried>{});
    static constexpr std::size_t count = [] {
        std::size_t named = 0;
        for_each_named_value(spelling, tried, [&named](std::size_t, std::string_view) { ++named; });
        return named;
    }();
    static constexpr std::array<Enumerator<E>, count> enumerators = [] {
        std::array<Enumerator<E>, count> result{};
        std::size_t named = 0;
        for_each_named_value(spelling, tried, [&](std::size_t index, std::string_view name) {
            result[named++] = {static_cast<E>(first_value<E>() + static_cast<long long>(index)), name};
        });
        return result;
    }();
};

enum class EnumSelfCheck : signed char { below = -1, zero, three = 3 };

}  // namespace detail

// Every file that includes this one pays for the check: few values.
template <>
struct EnumRange<detail::EnumSelfCheck> {
    static constexpr int min = -2;
    static constexpr int max = 3;
};

namespace detail {

static_assert(EnumTable<EnumSelfCheck>::count == 3 && EnumTable<EnumSelfCheck>::enumerators[0].name == "below" &&
                  EnumTable<EnumSelfCheck>::enumerators[2].name == "three" &&
                  EnumTable<EnumSelfCheck>::enumerators[2].value == EnumSelfCheck::three,
              "this compiler's __PRETTY_FUNCTION__ is not understood; g++ 12 and clang 19 are");

}  // namespace detail

/// The enumerators of E in the order of their values. Of two with the same value, the compiler chooses one.
template <class E>
inline constexpr const auto& enumerators = detail::EnumTable<E>::enumerators;

/// The name of the enumerator, or an empty text for a value without one.
template <class E>
constexpr std::string_view enum_name(E value) {
    for (const auto& enumerator : enumerators<E>) {
        if (enumerator.value == value) return enumerator.name;
    }
    return {};
}

/// The value of the enumerator with exactly this name.
template <class E>
constexpr std::optional<E> enum_value(std::string_view name) {
    for (const auto& enumerator : enumerators<E>) {
        if (enumerator.name == name) return enumerator.value;
    }
    return std::nullopt;
}

}  // namespace hiratake::reflect
