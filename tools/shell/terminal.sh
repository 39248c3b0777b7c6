# shellcheck shell=bash
# What ./quickstart and ./check say, and how. Colour only on a terminal that wants it (https://no-color.org).

if [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
    bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
    process_colours=($'\e[36m' $'\e[33m' $'\e[35m' $'\e[34m')
else
    bold='' red='' green='' plain=''
    process_colours=('' '' '' '')
fi
export bold red green plain process_colours

step() { printf '%s== %s%s\n' "$bold" "$*" "$plain"; }
passed() { printf '%s✓%s %s\n' "$green" "$plain" "$*"; }
failed() { printf '%s✗%s %s\n' "$red" "$plain" "$*"; }
# One sentence that says what to do, and the end.
fail() { printf '%s%s%s\n' "$red" "$*" "$plain" >&2; exit 1; }

# The command's output goes to a log; only when it fails, its last lines are shown before the sentence.
run_logged() {
    local log=$1 sentence=$2
    shift 2
    if ! "$@" >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        fail "$sentence (the whole log: $log)"
    fi
}

# No password reaches the terminal.
masked() { sed -E 's#(//[^:/@]*):[^@]*@#\1:**@#g' <<<"$1"; }

# Whether something accepts connections on a port of this machine.
port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
    local port
    for _ in {1..200}; do
        port=$((20000 + RANDOM % 12000))
        port_is_taken "$port" || { echo "$port"; return; }
    done
    fail "No free port was found between 20000 and 32000."
}

# Runs the command until it succeeds, for at most so many seconds.
eventually() {
    local seconds=$1 started=$SECONDS
    shift
    until "$@"; do
        ((SECONDS - started < seconds)) || return 1
        sleep 0.05
    done
}
