#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hiratake/amqp/table.hpp"

namespace hiratake::amqp {

/// A method with the bytes that its strings view: what a channel keeps of a decoded method whose content is still to
/// come. Assigning anew reuses the room, so keep one rather than make many.
template <class Method>
class OwnedMethod {
  public:
    OwnedMethod() = default;
    explicit OwnedMethod(const Method& method) { assign(method); }
    // The strings view bytes_, which moves along in ways that views do not follow.
    OwnedMethod(const OwnedMethod&) = delete;
    OwnedMethod& operator=(const OwnedMethod&) = delete;

    void assign(const Method& method) {
        Sizer sizer;
        Method::describe(method, sizer);
        bytes_.clear();
        bytes_.reserve(sizer.size);
        method_ = method;
        Rebaser rebaser{{}, bytes_};
        Method::describe(method_, rebaser);
    }

    const Method& operator*() const { return method_; }
    const Method* operator->() const { return &method_; }

  private:
    /// The parts of the field list that are no strings are left as they are.
    struct NoStrings {
        void octet(std::string_view, const std::uint8_t&) {}
        void short_integer(std::string_view, const std::uint16_t&) {}
        void long_integer(std::string_view, const std::uint32_t&) {}
        void long_long_integer(std::string_view, const std::uint64_t&) {}
        void table(std::string_view, const Table&) {}
        void bit(std::string_view, const bool&) {}
        void reserved_short_integer() {}
        void reserved_short_string() {}
        void reserved_long_string() {}
        void reserved_bit() {}
    };

    struct Sizer : NoStrings {
        std::size_t size = 0;
        void short_string(std::string_view, std::string_view value) { size += value.size(); }
        void reply_text(std::string_view, std::string_view value) { size += value.size(); }
        void long_string(std::string_view, std::string_view value) { size += value.size(); }
        void secret(std::string_view, std::string_view value) { size += value.size(); }
    };

    struct Rebaser : NoStrings {
        std::string& bytes;
        void short_string(std::string_view, std::string_view& value) { keep(value); }
        void reply_text(std::string_view, std::string_view& value) { keep(value); }
        void long_string(std::string_view, std::string_view& value) { keep(value); }
        void secret(std::string_view, std::string_view& value) { keep(value); }
        void keep(std::string_view& value) {
            const std::size_t start = bytes.size();
            bytes.append(value);
            value = std::string_view(bytes).substr(start);
        }
    };

    std::string bytes_;
    Method method_;
};

}  // namespace hiratake::amqp
