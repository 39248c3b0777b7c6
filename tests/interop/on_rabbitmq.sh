#!/usr/bin/env bash
# Runs a command in which {} stands for the URI of a virtual host of its own, on the RabbitMQ that
# HIRATAKE_TEST_RABBITMQ names; exits with 77 where there is none.
set -euo pipefail
if [[ -z ${HIRATAKE_TEST_RABBITMQ:-} ]]; then
    echo "skipped: HIRATAKE_TEST_RABBITMQ is not set; ./check sets it"
    exit 77
fi
rabbitmq=$(dirname "$0")/../support/rabbitmq.sh
uri=$("$rabbitmq" add-vhost)
code=0
"${@//\{\}/$uri}" || code=$?
"$rabbitmq" delete-vhost "$uri"
exit "$code"
