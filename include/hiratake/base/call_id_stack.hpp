#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>

namespace hiratake {

/// The ids of the calls that led to one, the oldest first. They lie in one piece of memory, because each call, event
/// and message takes them along.
class CallIdStack {
  public:
    /// Goes through the ids. Valid until the stack changes.
    class Iterator {
      public:
        // Forward by the rules of C++20 alone, because the ids are made as they are looked at.
        using iterator_concept = std::forward_iterator_tag;
        using iterator_category = std::input_iterator_tag;
        using value_type = std::string_view;
        using difference_type = std::ptrdiff_t;
        using pointer = const std::string_view*;
        using reference = std::string_view;

        Iterator() = default;
        std::string_view operator*() const { return {at_ + sizeof(Length), length()}; }
        Iterator& operator++() {
            at_ += sizeof(Length) + length();
            return *this;
        }
        Iterator operator++(int) {
            const Iterator before = *this;
            ++*this;
            return before;
        }
        friend bool operator==(const Iterator&, const Iterator&) = default;

      private:
        friend CallIdStack;
        explicit Iterator(const char* at) : at_(at) {}
        std::size_t length() const {
            Length length = 0;
            std::memcpy(&length, at_, sizeof length);
            return length;
        }

        const char* at_ = nullptr;
    };
    using value_type = std::string_view;
    using const_iterator = Iterator;

    CallIdStack() = default;
    CallIdStack(std::initializer_list<std::string_view> ids) {
        for (const std::string_view id : ids) push_back(id);
    }

    /// Makes room for ids of about so many bytes in all.
    void reserve(std::size_t bytes) { bytes_.reserve(bytes); }
    void push_back(std::string_view id) { push_back_joined({id}); }
    /// One id, of which these are the parts.
    void push_back_joined(std::initializer_list<std::string_view> parts);
    /// Takes the oldest off; not more than there are. Returns them.
    CallIdStack take_oldest(std::size_t count);

    bool empty() const { return bytes_.empty(); }
    std::size_t size() const { return static_cast<std::size_t>(std::distance(begin(), end())); }
    Iterator begin() const { return Iterator{bytes_.data()}; }
    Iterator end() const { return Iterator{bytes_.data() + bytes_.size()}; }
    /// The oldest id; there must be one.
    std::string_view front() const { return *begin(); }
    /// The latest id; there must be one.
    std::string_view back() const { return *Iterator{bytes_.data() + back_at_}; }

    friend bool operator==(const CallIdStack& one, const CallIdStack& other) { return one.bytes_ == other.bytes_; }

  private:
    using Length = std::uint32_t;

    /// Each id behind its length.
    std::string bytes_;
    /// Where the latest one is, if there is any.
    std::size_t back_at_ = 0;
};

}  // namespace hiratake
