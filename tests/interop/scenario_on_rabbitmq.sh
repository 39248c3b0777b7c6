#!/usr/bin/env bash
# The reference scenario on the RabbitMQ that HIRATAKE_TEST_RABBITMQ names; exits with 77 where there is none.
set -euo pipefail
if [[ -z ${HIRATAKE_TEST_RABBITMQ:-} ]]; then
    echo "skipped: HIRATAKE_TEST_RABBITMQ is not set"
    exit 77
fi
exec "$1" --check --no-install --broker "$HIRATAKE_TEST_RABBITMQ"
