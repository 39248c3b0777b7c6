#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace hiratake::http {

struct Header {
    std::string name;
    std::string value;
    friend bool operator==(const Header&, const Header&) = default;
};

/// The header fields of a message, in order. Names are compared without regard to case (RFC 9110 section 5.1).
class Headers {
  public:
    Headers() = default;
    Headers(std::initializer_list<Header> headers);

    /// The value of the first field with this name, or null.
    const std::string* find(std::string_view name) const;
    bool contains(std::string_view name) const { return find(name) != nullptr; }
    std::size_t count(std::string_view name) const;

    /// Adds a field at the end. Throws Error for a name that is no token and for a value with a line break or another
    /// control character in it: no header can be smuggled into a message by way of a value.
    void add(std::string name, std::string value);
    /// As add(), in place of all fields with this name.
    void set(std::string name, std::string value);
    /// Whether there was one.
    bool erase(std::string_view name);

    bool empty() const { return headers_.empty(); }
    std::size_t size() const { return headers_.size(); }
    std::vector<Header>::const_iterator begin() const { return headers_.begin(); }
    std::vector<Header>::const_iterator end() const { return headers_.end(); }

    friend bool operator==(const Headers&, const Headers&) = default;

  private:
    std::vector<Header> headers_;
};

}  // namespace hiratake::http
