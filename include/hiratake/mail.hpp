#pragma once

/// Sending e-mails from a service.
#include "hiratake/mail/email.hpp"
#include "hiratake/mail/mail_error.hpp"
#include "hiratake/mail/mailer.hpp"
