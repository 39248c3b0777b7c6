#include "broker/core/exchange_type.hpp"

#include <array>

#include "broker/core/direct_index.hpp"
#include "broker/core/fanout_index.hpp"
#include "broker/core/headers_index.hpp"
#include "broker/core/topic_index.hpp"

namespace hiratake::broker::core {
namespace {

constexpr std::array<std::string_view, 4> names{"direct", "fanout", "topic", "headers"};

}  // namespace

std::optional<ExchangeType> exchange_type_named(std::string_view name) {
    for (std::size_t index = 0; index < names.size(); ++index) {
        if (names[index] == name) return static_cast<ExchangeType>(index);
    }
    return std::nullopt;
}

std::string_view name_of(ExchangeType type) {
    return names[static_cast<std::size_t>(type)];
}

std::unique_ptr<BindingIndex> make_binding_index(ExchangeType type) {
    switch (type) {
        case ExchangeType::direct: return std::make_unique<DirectIndex>();
        case ExchangeType::fanout: return std::make_unique<FanoutIndex>();
        case ExchangeType::topic: return std::make_unique<TopicIndex>();
        case ExchangeType::headers: return std::make_unique<HeadersIndex>();
    }
    return nullptr;
}

}  // namespace hiratake::broker::core
