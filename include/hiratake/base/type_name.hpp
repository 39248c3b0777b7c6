#pragma once

#include <string_view>

namespace hiratake {
namespace detail {

// Returns a plain pointer: g++ would append the meaning of any alias in the signature to the text.
template <class T>
constexpr const char* signature_with_type() {
    return __PRETTY_FUNCTION__;
}

}  // namespace detail

/// The type as the compiler spells it, with its namespaces: "shop::Order".
template <class T>
constexpr std::string_view type_name() {
    std::string_view text = detail::signature_with_type<T>();
    text.remove_suffix(1);
    return text.substr(text.find("T = ") + 4);
}

}  // namespace hiratake
