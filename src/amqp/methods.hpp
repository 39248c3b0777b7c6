#pragma once

// Every method of AMQP 0-9-1 (but access.*, which it deprecates) and those that RabbitMQ adds.

#include "amqp/basic_methods.hpp"
#include "amqp/channel_methods.hpp"
#include "amqp/confirm_methods.hpp"
#include "amqp/connection_methods.hpp"
#include "amqp/exchange_methods.hpp"
#include "amqp/queue_methods.hpp"
#include "amqp/tx_methods.hpp"
