#pragma once

#include <string_view>

namespace hiratake {
namespace detail {

// Returns a plain pointer: g++ would append the meaning of any alias in the signature to the text.
template <auto Method>
constexpr const char* signature_with_method() {
    return __PRETTY_FUNCTION__;
}

}  // namespace detail

/// The name of a member function, taken from its pointer at compile time: method_name<&Mail::send>() is "send".
/// An overloaded member needs a cast to say which one is meant, and then keeps its name.
template <auto Method>
constexpr std::string_view method_name() {
    // Both compilers end the text with the pointer: "… = &Mail::send]", with a ')' before the ']' in some versions.
    std::string_view text = detail::signature_with_method<Method>();
    while (text.back() == ']' || text.back() == ')') text.remove_suffix(1);
    return text.substr(text.rfind(':') + 1);
}

}  // namespace hiratake
