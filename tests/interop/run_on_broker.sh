#!/usr/bin/env bash
# Runs a program against a broker: `PROGRAM... --broker URI`, with a service beside it if asked.
#
#     run_on_broker.sh BIN embedded|URI [--service COMMAND...] -- PROGRAM...
#
# BIN is the folder with the `hiratake` program; `embedded` starts `hiratake broker` on a free port. COMMAND is given
# `--broker URI` and awaited until it says that it is connected or ready. Exits as the program does.
set -euo pipefail
tools=$(dirname "$0")/../../tools
# shellcheck source=../../tools/shell/terminal.sh
source "$tools/shell/terminal.sh"
# shellcheck source=../../tools/shell/processes.sh
source "$tools/shell/processes.sh"

bin=$1 uri=$2
shift 2
service=()
if [[ ${1:-} == --service ]]; then
    shift
    while [[ $1 != -- ]]; do service+=("$1"); shift; done
fi
[[ $1 == -- ]] || fail "the program comes after --"
shift

prepare_processes
trap 'exit 130' INT TERM
is_embedded=false
if [[ $uri == embedded ]]; then
    is_embedded=true
    port=$(free_port)
    uri=amqp://guest:guest@127.0.0.1:$port/
    start_process broker "$bin/hiratake" broker --listen "127.0.0.1:$port"
    await_port broker "$port"
fi
if ((${#service[@]} > 0)); then
    start_process service "${service[@]}" --broker "$uri"
    await_line service '^Connected to \|^ready'
fi

code=0
"$@" --broker "$uri" || code=$?
! $is_embedded || is_running broker || { failed "the broker did not survive"; code=1; }
((${#service[@]} == 0)) || is_running service || { failed "the service did not survive"; code=1; }
exit "$code"
