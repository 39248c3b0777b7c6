# shellcheck shell=bash disable=SC2034,SC2154 # read and set by those who source this, and by terminal.sh
# Several processes side by side: started with a coloured prefix, awaited, stopped in order. Needs terminal.sh.

ready_within_s=20
stopped_within_s=15
declare -A process_ids=() printer_ids=() exit_codes=()
started_processes=()
process_output='terminal' # or `file`: kept for when something goes wrong

prepare_processes() {
    process_folder=$(mktemp -d)
    trap 'leave_nothing_running' EXIT
}

log_of() { echo "$process_folder/$1.log"; }

# Copies lines to the process's log and to the terminal. It outlives Ctrl-C, to show how the process stops.
print_lines() {
    local name=$1 colour=$2 line
    trap '' INT TERM
    while IFS= read -r line || [[ -n $line ]]; do
        printf '%s\n' "$line" >>"$(log_of "$name")"
        [[ $process_output == file ]] || printf '%s%-9s%s %s\n' "$colour" "[$name]" "$plain" "$line"
    done
}

# A session of its own keeps Ctrl-C from reaching it: the order of stopping is ours.
start_process() {
    local name=$1 pipe=$process_folder/$1.pipe
    shift
    mkfifo "$pipe"
    : >"$(log_of "$name")"
    print_lines "$name" "${process_colours[${#started_processes[@]} % ${#process_colours[@]}]}" <"$pipe" &
    printer_ids[$name]=$!
    setsid "$@" >"$pipe" 2>&1 </dev/null &
    process_ids[$name]=$!
    started_processes+=("$name")
}

is_running() { kill -0 "${process_ids[$1]}" 2>/dev/null; }

give_up_on() {
    [[ $process_output == terminal ]] || tail -n 20 "$(log_of "$1")" >&2
    fail "$2"
}

await() {
    local name=$1 what=$2 started=$SECONDS
    shift 2
    until "$@"; do
        is_running "$name" || give_up_on "$name" "The $name process ended before $what: its last lines say why."
        ((SECONDS - started < ready_within_s)) ||
            give_up_on "$name" "The $name process runs, but $what did not come within $ready_within_s s: see its lines."
        sleep 0.05
    done
}

await_port() { await "$1" "it listened on port $2" port_is_taken "$2"; }
await_line() { await "$1" "it was connected" grep -q -- "$2" "$(log_of "$1")"; }

# The last started stops first: nobody loses what he still needs.
stop_processes() {
    local index name
    for ((index = ${#started_processes[@]} - 1; index >= 0; --index)); do
        name=${started_processes[index]}
        stop_process "$name"
    done
    started_processes=()
}

stop_process() {
    local name=$1
    local id=${process_ids[$name]}
    kill -TERM "$id" 2>/dev/null || true
    if ! eventually "$stopped_within_s" has_ended "$id"; then
        failed "$name did not stop within $stopped_within_s s and was killed"
        kill -KILL "$id" 2>/dev/null || true
    fi
    exit_codes[$name]=0
    wait "$id" 2>/dev/null || exit_codes[$name]=$?
    wait "${printer_ids[$name]}" 2>/dev/null || true
}

# A process that has ended but was not waited for is a zombie, which kill -0 still finds.
has_ended() {
    local state
    state=$(sed -E 's/^.*\) (.).*/\1/' "/proc/$1/stat" 2>/dev/null) || return 0
    [[ $state == Z || -z $state ]]
}

leave_nothing_running() {
    local code=$?
    trap '' INT TERM
    stop_processes
    rm -rf "$process_folder"
    exit "$code"
}

interrupted() {
    trap 'kill_processes' INT TERM
    printf '\n'
    step "Stopping"
    stop_processes
    exit 0
}

kill_processes() {
    local name
    for name in "${started_processes[@]}"; do kill -KILL "${process_ids[$name]}" 2>/dev/null || true; done
}

stay_until_stopped() {
    local ids=() name
    for name in "${started_processes[@]}"; do ids+=("${process_ids[$name]}"); done
    wait -n "${ids[@]}" 2>/dev/null || true
    for name in "${started_processes[@]}"; do
        is_running "$name" || fail "The $name process ended by itself: its last lines say why. Stopping the others."
    done
}
