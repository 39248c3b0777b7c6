#!/usr/bin/env bash
# Installs the npm packages of package-lock.json into a folder of the build, without running any script of theirs.
#
#     fetch.sh FOLDER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$1

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

command -v npm >/dev/null || fail "Swagger UI is fetched with npm, which is missing: apt-get install npm."
mkdir -p "$folder"
cp "$here/package.json" "$here/package-lock.json" "$folder"
if ! output=$(npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --prefer-offline 2>&1); then
    printf '%s\n' "$output" >&2
    fail "Swagger UI could not be fetched: the first build needs the npm registry, later ones do not."
fi
# Newer than what it was made of, whatever the archives say.
find "$folder/node_modules/swagger-ui-dist" -type f -exec touch {} +
