#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace hiratake::payload {

/// What a pointer to a member function says of it.
template <class Method>
struct MethodTraits;

template <class Result_, class Object_, class... Parameters>
struct MethodTraits<Result_ (Object_::*)(Parameters...)> {
    using Result = Result_;
    using Object = Object_;
    /// As they were declared.
    using Declared = std::tuple<Parameters...>;
    // A parameter that is a view gets an owner to look at.
    template <class T>
    using Held = std::conditional_t<std::is_same_v<T, std::string_view>, std::string, T>;
    /// What holds the arguments during the call.
    using Arguments = std::tuple<Held<std::decay_t<Parameters>>...>;
    static constexpr std::size_t arity = sizeof...(Parameters);
};

template <class Result, class Object, class... Parameters>
struct MethodTraits<Result (Object::*)(Parameters...) const> : MethodTraits<Result (Object::*)(Parameters...)> {};
template <class Result, class Object, class... Parameters>
struct MethodTraits<Result (Object::*)(Parameters...) noexcept> : MethodTraits<Result (Object::*)(Parameters...)> {};
template <class Result, class Object, class... Parameters>
struct MethodTraits<Result (Object::*)(Parameters...) const noexcept>
    : MethodTraits<Result (Object::*)(Parameters...)> {};

}  // namespace hiratake::payload
