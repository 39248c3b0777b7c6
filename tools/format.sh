#!/usr/bin/env bash
# Names the C++ files that are not formatted as .clang-format wants them; with --fix, formats them.
set -euo pipefail
cd "$(dirname "$0")/.."

export formatter=${CLANG_FORMAT:-clang-format-14}
command -v "$formatter" >/dev/null || { echo "$formatter is missing: apt-get install clang-format-14"; exit 2; }

check_file() {
    "$formatter" --dry-run -Werror "$1" >/dev/null 2>&1 && return
    echo "$1: not formatted; run tools/format.sh --fix"
    return 1
}
export -f check_file

files() { git ls-files -z --cached --others --exclude-standard -- '*.cpp' '*.hpp'; }
# shellcheck disable=SC2016 # the inner shell expands $1
case ${1:-} in
    --fix) files | xargs -0 -r -n 20 -P "$(nproc)" "$formatter" -i ;;
    "") files | xargs -0 -r -n 1 -P "$(nproc)" bash -c 'check_file "$1" || exit 1' check_file ;;
    *) echo "usage: tools/format.sh [--fix]"; exit 2 ;;
esac
