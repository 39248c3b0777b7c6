#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace hiratake::test {

/// What has become of each of many numbered messages. Safe from any thread. All of its memory is taken at the start, so
/// that it does not look like a leak.
class Ledger {
  public:
    explicit Ledger(std::size_t capacity) : confirmed_(capacity), seen_(capacity) {}

    /// The next number to send; none when the ledger is full.
    std::optional<std::size_t> next() {
        const std::size_t number = given_.fetch_add(1);
        return number < seen_.size() ? std::optional{number} : std::nullopt;
    }
    /// The sender has been promised that it is not lost.
    void confirm(std::size_t number) {
        confirmed_[number].store(1);
        confirmed_count_.fetch_add(1);
    }
    /// The receiver has it.
    void see(std::size_t number) {
        if (seen_[number].fetch_add(1) == 0) seen_count_.fetch_add(1);
    }

    /// How many of the numbers have not been seen yet.
    std::size_t unseen() const { return std::min(given_.load(), seen_.size()) - seen_count_.load(); }
    std::size_t confirmed() const { return confirmed_count_.load(); }
    /// Confirmed and never seen.
    std::size_t lost() const {
        return count([this](std::size_t i) { return static_cast<std::size_t>(confirmed_[i] > seen_[i]); });
    }
    /// Seen more than once: how often more.
    std::size_t duplicates() const {
        return count([this](std::size_t i) { return seen_[i] > 1 ? std::size_t{seen_[i]} - 1 : 0; });
    }

  private:
    template <class Function>
    std::size_t count(Function function) const {
        std::size_t sum = 0;
        const std::size_t end = std::min(given_.load(), seen_.size());
        for (std::size_t i = 0; i < end; ++i) sum += function(i);
        return sum;
    }

    std::atomic<std::size_t> given_ = 0;
    std::atomic<std::size_t> confirmed_count_ = 0;
    std::atomic<std::size_t> seen_count_ = 0;
    std::vector<std::atomic<std::uint8_t>> confirmed_;
    std::vector<std::atomic<std::uint16_t>> seen_;
};

}  // namespace hiratake::test
