#pragma once

#include <string>

#include "hiratake/base/error.hpp"

namespace hiratake::http {

/// What a client has sent cannot be kept on disk, or read from there.
class StorageError : public Error {
  public:
    StorageError(const std::string& what, bool is_full) : Error(what), is_full_(is_full) {}
    ~StorageError() override;

    /// For the client: 507 where there is no room left (RFC 4918 section 11.5), else 500.
    int status() const { return is_full_ ? 507 : 500; }

  private:
    bool is_full_;
};

}  // namespace hiratake::http
