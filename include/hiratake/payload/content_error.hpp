#pragma once

#include <string>

#include "hiratake/base/error.hpp"

namespace hiratake {

/// The body of a message cannot be read: its content type is not accepted here, its encoding is unknown, or the text is
/// not what the content type promises.
class ContentError : public Error {
  public:
    explicit ContentError(const std::string& what) : Error(what) {}
    ~ContentError() override;
};

}  // namespace hiratake
