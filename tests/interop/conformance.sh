#!/usr/bin/env bash
# Replays the recorded raw-frame scenarios of RabbitMQ 3.10.8 against a broker.
#
#     conformance.sh PROBE LEAST --broker URI
#
# PROBE is the program that replays and compares; LEAST the number of scenarios that must agree.
set -euo pipefail
probe=$1 least=$2
[[ $3 == --broker ]]
authority=${4#amqp://}
authority=${authority#*@}
output=$(BROKER=${authority%%/*} "$probe") || true
echo "$output"
passed=$(sed -n '$s/^\([0-9]*\) passed.*/\1/p' <<<"$output")
((${passed:-0} >= least)) || { echo "fewer than $least agree"; exit 1; }
