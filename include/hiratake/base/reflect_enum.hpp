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

/// Walks the spellings of values: "…::name" for those that have a name, "(type)12" for those that have none.
class SpellingWalk {
  public:
    constexpr explicit SpellingWalk(std::string_view spelling)
        : spelling_(spelling), at_(spelling.rfind("values = ") + std::string_view("values = <").size()) {}

    /// The name of the value that is next, empty when it has none.
    constexpr std::string_view next() {
        if (skip_nameless()) return {};
        const std::size_t end = end_of_value(spelling_, at_);
        std::size_t begin = end;
        while (begin > at_ && belongs_to_an_enumerator(spelling_[begin - 1])) --begin;
        const bool nameless = spelling_[begin] >= '0' && spelling_[begin] <= '9';
        if (nameless) type_size_ = spelling_.rfind(')', end) + 1 - at_;
        at_ = end + separator_size;
        return nameless ? std::string_view{} : spelling_.substr(begin, end - begin);
    }

  private:
    static constexpr std::size_t separator_size = 2;

    // All "(type)" are of one size. Jumping over them saves most of the compile time, for most values have no name.
    constexpr bool skip_nameless() {
        const std::size_t number = at_ + type_size_;
        if (type_size_ == 0 || number >= spelling_.size() || spelling_[at_] != '(' || spelling_[number - 1] != ')') {
            return false;
        }
        std::size_t end = spelling_[number] == '-' ? number + 1 : number;
        const std::size_t digits = end;
        while (spelling_[end] >= '0' && spelling_[end] <= '9') ++end;
        if (end == digits) return false;
        at_ = end + separator_size;
        return true;
    }

    std::string_view spelling_;
    std::size_t at_;
    std::size_t type_size_ = 0;
};

template <class E>
struct EnumTable {
    static_assert(
        FixedEnum<E>,
        "an enumeration without a fixed underlying type cannot be reflected: use enum class, or enum E : int");
    static constexpr std::size_t tried = static_cast<std::size_t>(last_value<E>() - first_value<E>() + 1);
    struct Names {
        std::array<std::string_view, tried> of_value{};
        std::size_t count = 0;
    };
    static constexpr Names names = [] {
        Names result;
        SpellingWalk walk(spelling_of_range<E>(std::make_index_sequence<tried>{}));
        for (std::string_view& name : result.of_value) {
            name = walk.next();
            if (!name.empty()) ++result.count;
        }
        return result;
    }();
    static constexpr std::array<Enumerator<E>, names.count> enumerators = [] {
        std::array<Enumerator<E>, names.count> result{};
        std::size_t found = 0;
        for (std::size_t i = 0; i < tried; ++i) {
            if (names.of_value[i].empty()) continue;
            result[found++] = {static_cast<E>(first_value<E>() + static_cast<long long>(i)), names.of_value[i]};
        }
        return result;
    }();
};

enum class EnumSelfCheck : signed char { below = -1, zero, three = 3 };

}  // namespace detail

template <>
struct EnumRange<detail::EnumSelfCheck> {
    static constexpr int min = -2;
    static constexpr int max = 4;
};

namespace detail {

static_assert(EnumTable<EnumSelfCheck>::names.count == 3 && EnumTable<EnumSelfCheck>::enumerators[0].name == "below" &&
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
