#include "hiratake/mail/mail_error.hpp"

namespace hiratake {

MailError::~MailError() = default;

}  // namespace hiratake
