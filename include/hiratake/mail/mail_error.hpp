#pragma once

#include <string>

#include "hiratake/base/error.hpp"

namespace hiratake {

/// An e-mail that could not be composed or handed over. what() names the field at fault, or the server and its answer.
class MailError : public Error {
  public:
    /// @param reply_code the SMTP reply code of the server's refusal, 0 when it was not a server that refused
    explicit MailError(const std::string& what, int reply_code = 0, bool temporary = false)
        : Error(what), reply_code_(reply_code), temporary_(temporary) {}
    ~MailError() override;

    int reply_code() const { return reply_code_; }
    /// Whether the same mail may well pass later: the server was not reached, broke off, or answered 4xx (RFC
    /// 5321, 4.2.1).
    bool is_temporary() const { return temporary_; }

  private:
    int reply_code_;
    bool temporary_;
};

}  // namespace hiratake
