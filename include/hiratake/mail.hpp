#pragma once

/// E-mail: the Mailer dependency and what it sends.

#include "hiratake/mail/mailer.hpp"
