#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string>

#include "hiratake/base/clock.hpp"
#include "hiratake/base/random.hpp"
#include "mail/mail_transport.hpp"

namespace hiratake::mail {

/// Writes each mail as an `.eml` file instead of sending it: for development. A file appears whole or not at all; the
/// names sort by time. The envelope, which a sent mail would not show, leads the file as X-Envelope-From and
/// X-Envelope-To. Nothing is ever deleted here; a full disk is a MailError.
class OutboxTransport final : public MailTransport {
  public:
    /// @param folder made with its parents when the first mail is written
    OutboxTransport(std::filesystem::path folder, const Clock& clock, Random& random)
        : folder_(std::move(folder)), clock_(clock), random_(random) {}

    /// @return the file's path
    std::string deliver(const ComposedMail& mail) override;

  private:
    std::string unique_name();

    std::filesystem::path folder_;
    const Clock& clock_;
    Random& random_;
    std::atomic<std::uint64_t> written_{0};
};

}  // namespace hiratake::mail
