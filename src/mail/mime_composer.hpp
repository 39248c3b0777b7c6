#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/random.hpp"
#include "hiratake/mail/email.hpp"
#include "mail/composed_mail.hpp"
#include "mail/mailbox.hpp"
#include "mail/mime_part.hpp"

namespace hiratake::mail {

/// Makes the bytes of a message out of an Email (RFC 5322 and MIME). Safe from any thread.
class MimeComposer {
  public:
    /// @param clock gives the Date, @param random the Message-ID and boundaries; both must outlive the composer
    /// @param max_content_bytes of text, attachments and images together
    MimeComposer(const Clock& clock, Random& random, std::size_t max_content_bytes)
        : clock_(clock), random_(random), max_content_bytes_(max_content_bytes) {}

    /// @throws MailError naming the field that cannot be sent as it is: a malformed address, a control character in a
    ///         header, text that is not UTF-8, no recipient, more content than allowed
    ComposedMail compose(const Email& email) const;

  private:
    void check_size(const Email& email) const;
    MimePart body_of(const Email& email) const;
    MimePart html_with_images(const Email& email) const;
    std::string boundary() const;

    const Clock& clock_;
    Random& random_;
    std::size_t max_content_bytes_;
};

}  // namespace hiratake::mail
