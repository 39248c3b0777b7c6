#pragma once

#include <string>
#include <string_view>

namespace hiratake::mail {

/// What was last asked of an SMTP server and what it last answered (RFC 5321, 4.2), kept so that an error can say so.
/// Credentials are never kept.
class SmtpDialogue {
  public:
    void clear() { *this = {}; }
    /// @param line a line that was sent: a command, or credentials in the middle of AUTH
    void sent(std::string_view line);
    /// @param line one line of an answer, which may have several
    void received(std::string_view line);

    bool has_answer() const { return reply_code_ != 0; }
    /// Such as 550; 0 before the first answer.
    int reply_code() const { return reply_code_; }
    /// The last answer with its code, its lines joined by spaces.
    const std::string& answer() const { return answer_; }
    /// The last command, without line end; of AUTH only the mechanism.
    const std::string& command() const { return command_; }

  private:
    std::string command_;
    std::string answer_;
    int reply_code_ = 0;
    bool answer_continues_ = false;
    bool parting_ = false;  // libcurl says QUIT after a failure; the answer to it explains nothing
};

}  // namespace hiratake::mail
