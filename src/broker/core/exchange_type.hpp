#pragma once

#include <memory>
#include <optional>
#include <string_view>

namespace hiratake::broker::core {

class BindingIndex;

enum class ExchangeType { direct, fanout, topic, headers };

/// Nothing for a type that this broker does not have.
std::optional<ExchangeType> exchange_type_named(std::string_view name);
std::string_view name_of(ExchangeType type);
/// An empty index that routes as the type does.
std::unique_ptr<BindingIndex> make_binding_index(ExchangeType type);

}  // namespace hiratake::broker::core
