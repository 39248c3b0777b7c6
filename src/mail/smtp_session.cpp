#include "mail/smtp_session.hpp"

#include <curl/curl.h>
#include <fmt/core.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>

#include "hiratake/base/error.hpp"
#include "hiratake/mail/mail_error.hpp"

namespace hiratake::mail {
namespace {

using std::chrono::milliseconds;

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

List to_list(const std::vector<std::string>& texts) {
    List list;
    for (const std::string& text : texts) {
        curl_slist* extended = curl_slist_append(list.get(), text.c_str());
        if (extended == nullptr) throw std::bad_alloc();
        static_cast<void>(list.release());
        list.reset(extended);
    }
    return list;
}

/// The bytes of a message on their way out.
struct Upload {
    std::string_view left{};
    bool begun = false;

    static std::size_t read(char* buffer, std::size_t size, std::size_t count, void* self) {
        auto& upload = *static_cast<Upload*>(self);
        upload.begun = true;
        const std::size_t length = std::min(size * count, upload.left.size());
        std::memcpy(buffer, upload.left.data(), length);
        upload.left.remove_prefix(length);
        return length;
    }
};

int note_dialogue(CURL*, curl_infotype type, char* data, std::size_t size, void* self) {
    auto& dialogue = *static_cast<SmtpDialogue*>(self);
    if (type == CURLINFO_HEADER_OUT) dialogue.sent({data, size});
    if (type == CURLINFO_HEADER_IN) dialogue.received({data, size});
    return 0;
}

std::uint16_t port_of(const MailSettings& settings) {
    if (settings.port != 0) return settings.port;
    switch (settings.security) {
        case MailSecurity::none: return 25;
        case MailSecurity::starttls: return 587;
        case MailSecurity::smtps: return 465;
    }
    return 25;
}

/// libcurl counts in milliseconds, and takes 0 for "no limit".
long to_curl(Duration duration) {
    const auto left = std::chrono::ceil<milliseconds>(std::min<Duration>(duration, std::chrono::hours{24}));
    return std::max(1L, static_cast<long>(left.count()));
}

/// Whether such a failure says nothing about the mail itself: the server was away or broke off.
bool is_passing_trouble(CURLcode code) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_CONNECT:
        case CURLE_OPERATION_TIMEDOUT:
        case CURLE_GOT_NOTHING:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_WEIRD_SERVER_REPLY: return true;
        default: return false;
    }
}

}  // namespace

std::string smtp_url(const MailSettings& settings) {
    const std::string_view scheme = settings.security == MailSecurity::smtps ? "smtps" : "smtp";
    const bool is_ipv6 = settings.host.find(':') != std::string::npos && settings.host.front() != '[';
    const std::string host = is_ipv6 ? "[" + settings.host + "]" : settings.host;
    return fmt::format("{}://{}:{}", scheme, host, port_of(settings));
}

struct SmtpSession::Handle {
    explicit Handle(const MailSettings& settings);
    ~Handle() { curl_easy_cleanup(curl); }

    template <class Value>
    void set(CURLoption option, Value value) {
        const CURLcode code = curl_easy_setopt(curl, option, value);
        if (code != CURLE_OK) {
            throw ConfigurationError(fmt::format("libcurl does not take option {} for the SMTP server: {}",
                                                 static_cast<int>(option), curl_easy_strerror(code)));
        }
    }
    void set_security(const MailSettings& settings);
    CURLcode transfer(const ComposedMail& mail, Duration timeout);
    bool reused_a_connection() const;
    bool is_worth_a_new_connection(CURLcode code) const;
    [[noreturn]] void fail(CURLcode code, const ComposedMail& mail, const MailSettings& settings) const;
    std::string reason(CURLcode code, const MailSettings& settings) const;

    CURL* curl;
    SmtpDialogue dialogue;
    Upload upload;
    std::array<char, CURL_ERROR_SIZE> error_text{};
};

SmtpSession::Handle::Handle(const MailSettings& settings) : curl(curl_easy_init()) {
    if (curl == nullptr) throw std::bad_alloc();
    set(CURLOPT_URL, smtp_url(settings).c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_PROXY, "");  // the environment's proxy variables are for the web
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READFUNCTION, &Upload::read);
    set(CURLOPT_READDATA, &upload);
    set(CURLOPT_VERBOSE, 1L);  // only then is the debug function called
    set(CURLOPT_DEBUGFUNCTION, &note_dialogue);
    set(CURLOPT_DEBUGDATA, &dialogue);
    set(CURLOPT_ERRORBUFFER, error_text.data());
    set(CURLOPT_CONNECTTIMEOUT_MS, to_curl(settings.connect_timeout));
    if (!settings.user.empty()) {
        set(CURLOPT_USERNAME, settings.user.c_str());
        set(CURLOPT_PASSWORD, settings.password.c_str());
    }
    set_security(settings);
}

void SmtpSession::Handle::set_security(const MailSettings& settings) {
    set(CURLOPT_USE_SSL, static_cast<long>(settings.security == MailSecurity::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, settings.verify ? 1L : 0L);
    set(CURLOPT_SSL_VERIFYHOST, settings.verify ? 2L : 0L);
    if (!settings.ca_file.empty()) set(CURLOPT_CAINFO, settings.ca_file.c_str());
}

CURLcode SmtpSession::Handle::transfer(const ComposedMail& mail, Duration timeout) {
    const List recipients = to_list(mail.recipients);
    dialogue.clear();
    upload = {.left = mail.bytes};
    error_text[0] = '\0';
    set(CURLOPT_MAIL_FROM, mail.sender.c_str());
    set(CURLOPT_MAIL_RCPT, recipients.get());
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.bytes.size()));
    set(CURLOPT_TIMEOUT_MS, to_curl(timeout));
    const CURLcode code = curl_easy_perform(curl);
    set(CURLOPT_MAIL_RCPT, static_cast<curl_slist*>(nullptr));  // the list ends here, the handle does not
    upload.left = {};
    return code;
}

bool SmtpSession::Handle::reused_a_connection() const {
    long new_connections = 0;
    return curl_easy_getinfo(curl, CURLINFO_NUM_CONNECTS, &new_connections) == CURLE_OK && new_connections == 0;
}

bool SmtpSession::Handle::is_worth_a_new_connection(CURLcode code) const {
    constexpr int service_closing = 421;  // RFC 5321, 3.8: what a server says that was waiting for too long
    if (code == CURLE_OK || upload.begun || !reused_a_connection()) return false;
    return dialogue.reply_code() == service_closing || (!dialogue.has_answer() && is_passing_trouble(code));
}

std::string SmtpSession::Handle::reason(CURLcode code, const MailSettings& settings) const {
    const std::string_view detail = error_text[0] != '\0' ? error_text.data() : curl_easy_strerror(code);
    if (code == CURLE_USE_SSL_FAILED) {
        return fmt::format(
            "does not offer STARTTLS ({}); set smtp.security to smtps, or to none for a server on this "
            "machine",
            detail);
    }
    if (code == CURLE_PEER_FAILED_VERIFICATION) {
        return fmt::format("cannot be trusted ({}); name its authority in smtp.ca_file", detail);
    }
    if (code == CURLE_SSL_CACERT_BADFILE) return fmt::format("was not asked: {}; check smtp.ca_file", detail);
    if (code == CURLE_LOGIN_DENIED) {
        return fmt::format("refused the user '{}': {}; check smtp.user and smtp.password", settings.user,
                           dialogue.has_answer() ? dialogue.answer() : detail);
    }
    if (dialogue.reply_code() >= 400) {
        return fmt::format("answered {} to {}", dialogue.answer(), upload.begun ? "the message" : dialogue.command());
    }
    if (code == CURLE_OPERATION_TIMEDOUT) {
        return fmt::format("did not finish in time ({}){}", detail,
                           dialogue.has_answer() ? "; its last answer was " + dialogue.answer() : "");
    }
    if (dialogue.has_answer()) return fmt::format("broke off ({}) after answering {}", detail, dialogue.answer());
    return fmt::format("cannot be reached: {}", detail);
}

void SmtpSession::Handle::fail(CURLcode code, const ComposedMail& mail, const MailSettings& settings) const {
    const int refusal = dialogue.reply_code() >= 400 ? dialogue.reply_code() : 0;
    const bool temporary = refusal != 0 ? refusal < 500 : is_passing_trouble(code);
    throw MailError(fmt::format("cannot send the mail to {}: the SMTP server {} {}", fmt::join(mail.recipients, ", "),
                                smtp_url(settings), reason(code, settings)),
                    refusal, temporary);
}

SmtpSession::SmtpSession(const MailSettings& settings)
    : handle_(std::make_unique<Handle>(settings)), settings_(settings) {}

SmtpSession::~SmtpSession() = default;

std::string SmtpSession::send(const ComposedMail& mail, const Clock& clock, Deadline deadline) {
    CURLcode code = handle_->transfer(mail, deadline.left(clock.now()));
    if (handle_->is_worth_a_new_connection(code)) {
        handle_->set(CURLOPT_FRESH_CONNECT, 1L);
        code = handle_->transfer(mail, deadline.left(clock.now()));
        handle_->set(CURLOPT_FRESH_CONNECT, 0L);
    }
    if (code != CURLE_OK) handle_->fail(code, mail, settings_);
    return handle_->dialogue.answer();
}

}  // namespace hiratake::mail
