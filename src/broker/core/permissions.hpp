#pragma once

#include <regex>
#include <string>
#include <string_view>

namespace hiratake::broker::core {

/// A regular expression over names of queues and exchanges, as in RabbitMQ's permissions: it may match anywhere in the
/// name; the empty one matches nothing.
class NamePattern {
  public:
    /// Throws ConfigurationError when the expression is malformed.
    explicit NamePattern(std::string_view expression);
    bool matches(std::string_view name) const;

  private:
    enum class Kind { nothing, everything, expression };
    Kind kind_;
    std::regex expression_;
};

/// What a user may do within one vhost.
struct Permissions {
    NamePattern configure;
    NamePattern write;
    NamePattern read;
};

enum class Access { configure, write, read };

inline bool allows(const Permissions& permissions, Access access, std::string_view name) {
    switch (access) {
        case Access::configure: return permissions.configure.matches(name);
        case Access::write: return permissions.write.matches(name);
        case Access::read: return permissions.read.matches(name);
    }
    return false;
}

}  // namespace hiratake::broker::core
