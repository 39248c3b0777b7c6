#include "mail/outbox_transport.hpp"

#include <fmt/core.h>
#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <fstream>
#include <system_error>

#include "hiratake/mail/mail_error.hpp"

namespace hiratake::mail {
namespace {

std::string envelope_headers(const ComposedMail& mail) {
    return fmt::format("X-Envelope-From: {}\r\nX-Envelope-To: {}\r\n", mail.sender,
                       fmt::join(mail.recipients, ",\r\n "));
}

[[noreturn]] void fail(const std::filesystem::path& path, const std::error_code& error) {
    throw MailError(fmt::format("cannot write the mail to {}: {}; set smtp.outbox to a folder that can be written",
                                path.string(), error.message()),
                    0, true);
}

void write_file(const std::filesystem::path& path, const std::string& head, const std::string& bytes) {
    errno = 0;
    std::ofstream file{path, std::ios::binary | std::ios::trunc};
    file << head << bytes;
    file.close();
    if (!file) fail(path, {errno != 0 ? errno : EIO, std::generic_category()});
}

}  // namespace

std::string OutboxTransport::deliver(const ComposedMail& mail) {
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    if (error) fail(folder_, error);

    const std::string name = unique_name();
    const std::filesystem::path path = folder_ / (name + ".eml");
    const std::filesystem::path unfinished = folder_ / ("." + name + ".part");
    try {
        write_file(unfinished, envelope_headers(mail), mail.bytes);
        std::filesystem::rename(unfinished, path, error);
        if (error) fail(path, error);
    } catch (const MailError&) {
        std::filesystem::remove(unfinished, error);
        throw;
    }
    return path.string();
}

std::string OutboxTransport::unique_name() {
    const WallTime time = clock_.wall_time();
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss moment{std::chrono::floor<std::chrono::microseconds>(time - day)};
    return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}.{:06}Z-{:06}-{}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), moment.hours().count(),
                       moment.minutes().count(), moment.seconds().count(), moment.subseconds().count(), ++written_,
                       random_.uuid4().view().substr(0, 8));
}

}  // namespace hiratake::mail
