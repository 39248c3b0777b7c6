#pragma once

#include <string>

#include "hiratake/base/error.hpp"

namespace hiratake {

/// No socket of this id is open in this process. (Nameko: exceptions.ConnectionNotFound.)
class ConnectionNotFound : public Error {
  public:
    explicit ConnectionNotFound(std::string socket_id);
    ~ConnectionNotFound() override;

    const std::string& socket_id() const { return socket_id_; }

  private:
    std::string socket_id_;
};

}  // namespace hiratake
