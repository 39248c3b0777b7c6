#!/usr/bin/env bash
# Runs shellcheck over every shell script of the project, found by suffix or first line.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v shellcheck >/dev/null || { echo "shellcheck is missing: apt-get install shellcheck"; exit 2; }

scripts=()
while IFS= read -r -d '' file; do
    [[ -f $file ]] || continue
    IFS= read -r first <"$file" 2>/dev/null || true
    [[ $file != *.sh && ! $first =~ ^#!.*(bash|/sh)$ ]] || scripts+=("$file")
done < <(git ls-files -z --cached --others --exclude-standard)
shellcheck "${scripts[@]}"
echo "shellcheck: ${#scripts[@]} scripts are clean"
