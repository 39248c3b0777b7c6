#pragma once

#include "hiratake/mail/mail_settings.hpp"
#include "hiratake/service/config.hpp"

namespace hiratake::mail {

/// The section `smtp:`. Each field of MailSettings has a key of its name; timeouts are in seconds.
/// @throws ConfigurationError naming the key that is unknown or holds something else than expected
MailSettings read_mail_settings(const Config& config);

}  // namespace hiratake::mail
