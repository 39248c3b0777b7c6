#!/usr/bin/env bash
# Names the C++ files that are not formatted as .clang-format wants them; with --fix, formats them.
set -euo pipefail
cd "$(dirname "$0")/.."

formatter=${CLANG_FORMAT:-clang-format-14}
command -v "$formatter" >/dev/null || { echo "$formatter is missing: apt-get install clang-format-14"; exit 2; }

files() { git ls-files -z --cached --others --exclude-standard -- '*.cpp' '*.hpp'; }
in_batches() { xargs -0 -r -n 40 -P "$(nproc)" "$formatter" "$@"; }

case ${1:-} in
    --fix) files | in_batches -i ;;
    "")
        # One line for each file, however much of it is wrong.
        findings=$(files | in_batches --dry-run -Werror 2>&1) || {
            grep -oE '^[^:]+:[0-9]+:[0-9]+: error' <<<"$findings" | cut -d: -f1 | sort -u |
                sed 's/$/: not formatted; run tools\/format.sh --fix/'
            exit 1
        } ;;
    *) echo "usage: tools/format.sh [--fix]"; exit 2 ;;
esac
