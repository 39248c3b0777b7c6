#!/usr/bin/env bash
# Runs a program beside the reference scenario, as ./quickstart starts it, with what it needs to know at the end of its
# arguments: the address of the API, and the outbox.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../../tools/shell/terminal.sh
source "$root/tools/shell/terminal.sh"
# shellcheck source=../../tools/shell/processes.sh
source "$root/tools/shell/processes.sh"

prepare_processes
trap 'exit 130' INT TERM
http_port=$(free_port)
amqp_port=$(free_port)
outbox=$process_folder/outbox
start_process quickstart "$root/quickstart" --no-install --http "$http_port" --amqp "$amqp_port" --outbox "$outbox"
await quickstart "everything ran" grep -q 'Everything runs' "$(log_of quickstart)"

code=0
"$@" "http://127.0.0.1:$http_port" "$outbox" || code=$?
if ! is_running quickstart; then
    failed "the scenario did not survive"
    code=1
fi
exit "$code"
