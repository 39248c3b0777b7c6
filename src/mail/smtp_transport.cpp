#include "mail/smtp_transport.hpp"

#include <curl/curl.h>
#include <fmt/core.h>
#include <fmt/format.h>

#include <utility>

#include "hiratake/base/error.hpp"
#include "hiratake/mail/mail_error.hpp"

namespace hiratake::mail {
namespace {

bool is_loopback(const std::string& host) {
    return host == "localhost" || host == "::1" || host == "[::1]" || host.starts_with("127.");
}

void check(const MailSettings& settings) {
    if (settings.max_connections == 0) throw ConfigurationError("smtp.max_connections must be at least 1");
    if (settings.timeout.count() <= 0 || settings.connect_timeout.count() <= 0) {
        throw ConfigurationError("smtp.timeout and smtp.connect_timeout must be more than 0");
    }
    const bool in_the_clear = settings.security == MailSecurity::none && !is_loopback(settings.host);
    if (in_the_clear && !settings.user.empty() && !settings.allow_plaintext_auth) {
        throw ConfigurationError(fmt::format(
            "smtp.user and smtp.password would reach {} unencrypted; set smtp.security to starttls or smtps, or "
            "smtp.allow_plaintext_auth to true",
            settings.host));
    }
}

}  // namespace

/// Gives a session back however its use ends.
class SmtpTransport::Lease {
  public:
    Lease(SmtpTransport& transport, const ComposedMail& mail, Deadline deadline)
        : transport_(transport), session_(transport.take(mail, deadline)) {}
    ~Lease() { transport_.give_back(std::move(session_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    SmtpSession& session() { return *session_; }

  private:
    SmtpTransport& transport_;
    std::unique_ptr<SmtpSession> session_;
};

SmtpTransport::SmtpTransport(MailSettings settings, const Clock& clock)
    : settings_(std::move(settings)), clock_(clock) {
    check(settings_);
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw Error("libcurl cannot be initialised");
    idle_.reserve(settings_.max_connections);
}

SmtpTransport::~SmtpTransport() {
    idle_.clear();
    curl_global_cleanup();
}

std::string SmtpTransport::deliver(const ComposedMail& mail) {
    const Deadline deadline = Deadline::after(clock_.now(), settings_.timeout);
    Lease lease{*this, mail, deadline};
    const std::string answer = lease.session().send(mail, clock_, deadline);
    return fmt::format("{} ({})", smtp_url(settings_), answer);
}

std::unique_ptr<SmtpSession> SmtpTransport::take(const ComposedMail& mail, Deadline deadline) {
    std::unique_lock lock{mutex_};
    given_back_.wait(lock, [this] { return busy_ < settings_.max_connections; });
    if (deadline.passed(clock_.now())) {
        given_back_.notify_one();  // for the next in line, whose turn this was
        throw MailError(
            fmt::format("cannot send the mail to {}: all {} connections to the SMTP server {} were busy for "
                        "as long as smtp.timeout allows",
                        fmt::join(mail.recipients, ", "), settings_.max_connections, smtp_url(settings_)),
            0, true);
    }
    std::unique_ptr<SmtpSession> session;
    if (idle_.empty()) {
        session = std::make_unique<SmtpSession>(settings_);
    } else {
        session = std::move(idle_.back());  // the one used last is the likeliest to be still open
        idle_.pop_back();
    }
    ++busy_;
    return session;
}

void SmtpTransport::give_back(std::unique_ptr<SmtpSession> session) {
    {
        const std::lock_guard lock{mutex_};
        idle_.push_back(std::move(session));
        --busy_;
    }
    given_back_.notify_one();
}

}  // namespace hiratake::mail
