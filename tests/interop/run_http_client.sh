#!/usr/bin/env bash
# Runs a program against the service of http_subject.cpp: `PROGRAM... http://ADDRESS`. Exits as the program does.
#
#     run_http_client.sh SUBJECT PROGRAM...
set -euo pipefail
tools=$(dirname "$0")/../../tools
# shellcheck source=../../tools/shell/terminal.sh
source "$tools/shell/terminal.sh"
# shellcheck source=../../tools/shell/processes.sh
source "$tools/shell/processes.sh"

subject=$1
shift
prepare_processes
trap 'exit 130' INT TERM
process_output='file'
start_process service "$subject" run --broker memory:// --set WEB_SERVER_ADDRESS=127.0.0.1:0 \
    --set http.max_body_bytes=33554432 --set 'http.users.bob=open:sésame'
await_line service 'serves HTTP on '
address=$(sed -n 's/.*serves HTTP on //p' "$(log_of service)")

code=0
"$@" "$address" || code=$?
is_running service || { failed "the service did not survive"; code=1; }
if grep -n 'token-of-\|sésame' "$(log_of service)"; then
    failed "the log shows credentials"
    code=1
fi
((code == 0)) || tail -n 50 "$(log_of service)"
exit "$code"
