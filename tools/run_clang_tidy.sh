#!/usr/bin/env bash
# Runs clang-tidy 19 over the sources of the libraries.
#
#     tools/run_clang_tidy.sh [BUILD_FOLDER [FOLDER...]]
#
# BUILD_FOLDER holds compile_commands.json (build/dev unless given); with FOLDERs, only the sources in these.
# A file whose preprocessed text, flags and checks were clean before is not analysed again: the list of those is
# BUILD_FOLDER/clang-tidy-clean. Exits 1 on a finding.
set -euo pipefail
cd "$(dirname "$0")/.."

export build_folder=${1:-build/dev}
folders=("${@:2}")
((${#folders[@]} > 0)) || folders=(src)
export clang_tidy=${CLANG_TIDY:-clang-tidy-19}
export clean_folder=$build_folder/clang-tidy-clean

command -v "$clang_tidy" >/dev/null || { echo "$clang_tidy is missing: apt-get install clang-tidy-19"; exit 2; }
if [[ ! -f $build_folder/compile_commands.json ]]; then
    echo "$build_folder/compile_commands.json is missing: cmake --preset dev"
    exit 2
fi
mkdir -p "$clean_folder"

# What the outcome depends on besides the source: the checks and the version.
rules=$({ "$clang_tidy" --version; cat .clang-tidy; } | sha256sum | cut -c1-64)
export rules

analyse() {
    local file=$1 command fingerprint
    command=$(/usr/bin/python3 - "$build_folder/compile_commands.json" "$PWD/$file" <<'PYTHON'
import json, shlex, sys
for entry in json.load(open(sys.argv[1], encoding="utf-8")):
    if entry["file"] == sys.argv[2]:
        words = [word for word in shlex.split(entry["command"]) if not word.endswith("ccache")]
        del words[words.index("-o"):words.index("-o") + 2]
        words.remove("-c")
        print(shlex.join([words[0], "-E", "-P", *words[1:]]))
PYTHON
    )
    [[ -n $command ]] || { echo "$file: not part of the build in $build_folder"; return 1; }
    fingerprint=$({ echo "$rules $command"; cat "$file"; bash -c "$command"; } | sha256sum | cut -c1-64)
    [[ ! -e $clean_folder/$fingerprint ]] || return 0
    if "$clang_tidy" --quiet -p "$build_folder" "$file" 2>/dev/null; then
        touch "$clean_folder/$fingerprint"
    else
        echo "$file: clang-tidy found something"
        return 1
    fi
}
export -f analyse

# shellcheck disable=SC2016 # the inner shell expands $1
git ls-files -z --cached --others --exclude-standard -- "${folders[@]/%//*.cpp}" |
    xargs -0 -r -n 1 -P "$(nproc)" bash -c 'analyse "$1" || exit 1' analyse &&
    echo "clang-tidy: clean"
