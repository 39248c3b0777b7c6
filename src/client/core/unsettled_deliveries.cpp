#include "client/core/unsettled_deliveries.hpp"

#include <algorithm>

#include "amqp/methods.hpp"

namespace hiratake::client::core {

void UnsettledDeliveries::add(std::uint64_t delivery_tag) {
    entries_.push_back({delivery_tag, false});
    ++open_;
}

UnsettledDeliveries::Entry* UnsettledDeliveries::find(std::uint64_t delivery_tag) {
    if (entries_.empty()) return nullptr;
    // Without gaps between the tags, as brokers number them, its place is known.
    const std::uint64_t place = delivery_tag - entries_.front().delivery_tag;
    if (place < entries_.size() && entries_[place].delivery_tag == delivery_tag) return &entries_[place];
    const auto found = std::ranges::lower_bound(entries_, delivery_tag, {}, &Entry::delivery_tag);
    return found != entries_.end() && found->delivery_tag == delivery_tag ? &*found : nullptr;
}

bool UnsettledDeliveries::settle(std::uint64_t delivery_tag, bool is_acknowledged) {
    Entry* entry = find(delivery_tag);
    if (!entry || entry->is_settled) return false;
    entry->is_settled = true;
    --open_;
    if (is_acknowledged) acknowledged_.push_back(delivery_tag);
    while (!entries_.empty() && entries_.front().is_settled) {
        settled_up_to_ = entries_.front().delivery_tag;
        entries_.pop_front();
    }
    return true;
}

void UnsettledDeliveries::write_acknowledgements(amqp::FrameWriter& writer, std::uint16_t channel) {
    const auto together = std::ranges::partition(
        acknowledged_, [this](std::uint64_t delivery_tag) { return delivery_tag <= settled_up_to_; });
    const auto alone = together.begin();
    if (alone != acknowledged_.begin()) {
        writer.write_method(channel, amqp::BasicAck{.delivery_tag = *std::max_element(acknowledged_.begin(), alone),
                                                    .multiple = alone - acknowledged_.begin() > 1});
    }
    for (const std::uint64_t delivery_tag : together) {
        writer.write_method(channel, amqp::BasicAck{.delivery_tag = delivery_tag});
    }
    acknowledged_.clear();
}

void UnsettledDeliveries::clear() {
    entries_.clear();
    open_ = 0;
    settled_up_to_ = 0;
    acknowledged_.clear();
}

}  // namespace hiratake::client::core
