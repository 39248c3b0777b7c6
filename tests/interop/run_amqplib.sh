#!/usr/bin/env bash
# Runs a Node.js program with amqplib, which ./check installs into HIRATAKE_AMQPLIB_FOLDER; exits with 77 without it.
set -euo pipefail
if [[ ! -d ${HIRATAKE_AMQPLIB_FOLDER:-}/amqplib ]]; then
    echo "skipped: amqplib is not in HIRATAKE_AMQPLIB_FOLDER"
    exit 77
fi
NODE_PATH=$HIRATAKE_AMQPLIB_FOLDER exec "$@"
