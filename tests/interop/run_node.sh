#!/usr/bin/env bash
# Runs a Node.js program with the packages of tests/npm, which ./check installs; exits with 77 without them. Where a
# command says NODE_MODULES, it gets their folder.
set -euo pipefail
if [[ ! -d ${HIRATAKE_NODE_MODULES:-} ]]; then
    echo "skipped: HIRATAKE_NODE_MODULES, the folder of the packages of tests/npm, is not set"
    exit 77
fi
arguments=()
for argument in "$@"; do
    if [[ $argument == NODE_MODULES ]]; then argument=$HIRATAKE_NODE_MODULES; fi
    arguments+=("$argument")
done
NODE_PATH=$HIRATAKE_NODE_MODULES exec "${arguments[@]}"
