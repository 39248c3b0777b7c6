#pragma once

/// What the tests of a service include: docs/testing.md.

#include "hiratake/testing/entrypoint_waiter.hpp"
#include "hiratake/testing/fake_events.hpp"
#include "hiratake/testing/fake_exchange.hpp"
#include "hiratake/testing/fake_http_server.hpp"
#include "hiratake/testing/fake_mailbox.hpp"
#include "hiratake/testing/fake_services.hpp"
#include "hiratake/testing/faults.hpp"
#include "hiratake/testing/replacements.hpp"
#include "hiratake/testing/test_runner.hpp"
