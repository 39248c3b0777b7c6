#!/usr/bin/env bash
# Says which C++ files are not formatted as .clang-format wants them; with --fix, formats them.
set -euo pipefail
cd "$(dirname "$0")/.."

formatter=${CLANG_FORMAT:-clang-format-14}
command -v "$formatter" >/dev/null || { echo "$formatter is missing: apt-get install clang-format-14"; exit 2; }

files() { git ls-files -z --cached --others --exclude-standard -- '*.cpp' '*.hpp'; }
case ${1:-} in
    --fix) files | xargs -0 -r "$formatter" -i ;;
    "") files | xargs -0 -r -n 20 -P "$(nproc)" "$formatter" --dry-run -Werror ;;
    *) echo "usage: tools/format.sh [--fix]"; exit 2 ;;
esac
