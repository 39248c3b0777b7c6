#include "broker/core/unacknowledged_deliveries.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hiratake::broker::core {
namespace {

constexpr std::size_t smallest_sweep = 64;

bool by_tag(const Delivery& left, const Delivery& right) {
    return left.tag < right.tag;
}

}  // namespace

void UnacknowledgedDeliveries::add(Delivery delivery) {
    deliveries_.push_back(std::move(delivery));
    ++size_;
}

std::deque<Delivery>::iterator UnacknowledgedDeliveries::find(std::uint64_t tag) {
    if (deliveries_.empty()) return deliveries_.end();
    // Where all deliveries are to be acknowledged there are no gaps, and the place is known.
    auto found = deliveries_.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(
                                           tag - deliveries_.front().tag, deliveries_.size() - 1));
    if (found->tag != tag) {
        found = std::lower_bound(deliveries_.begin(), deliveries_.end(), tag,
                                 [](const Delivery& delivery, std::uint64_t wanted) { return delivery.tag < wanted; });
    }
    return found != deliveries_.end() && found->tag == tag && !is_settled(*found) ? found : deliveries_.end();
}

std::optional<Delivery> UnacknowledgedDeliveries::take(std::uint64_t tag) {
    const auto found = find(tag);
    if (found == deliveries_.end()) return std::nullopt;
    Delivery delivery = std::move(*found);
    --size_;
    sweep();
    return delivery;
}

std::optional<std::vector<Delivery>> UnacknowledgedDeliveries::take_up_to(std::uint64_t tag) {
    if (tag == 0) return take_all();
    const auto last = find(tag);
    if (last == deliveries_.end()) return std::nullopt;
    std::vector<Delivery> taken;
    for (auto delivery = deliveries_.begin(); delivery != std::next(last); ++delivery) {
        if (!is_settled(*delivery)) taken.push_back(std::move(*delivery));
    }
    deliveries_.erase(deliveries_.begin(), std::next(last));
    size_ -= taken.size();
    sweep();
    return taken;
}

std::vector<Delivery> UnacknowledgedDeliveries::take_all() {
    std::vector<Delivery> taken;
    taken.reserve(size_);
    for (Delivery& delivery : deliveries_) {
        if (!is_settled(delivery)) taken.push_back(std::move(delivery));
    }
    deliveries_.clear();
    size_ = 0;
    return taken;
}

void UnacknowledgedDeliveries::restore(std::vector<Delivery> deliveries) {
    std::erase_if(deliveries_, is_settled);
    size_ += deliveries.size();
    std::move(deliveries.begin(), deliveries.end(), std::back_inserter(deliveries_));
    std::sort(deliveries_.begin(), deliveries_.end(), by_tag);
}

void UnacknowledgedDeliveries::sweep() {
    while (!deliveries_.empty() && is_settled(deliveries_.front())) deliveries_.pop_front();
    if (deliveries_.size() >= smallest_sweep && deliveries_.size() / 2 > size_) std::erase_if(deliveries_, is_settled);
}

}  // namespace hiratake::broker::core
