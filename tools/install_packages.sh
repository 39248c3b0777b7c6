#!/usr/bin/env bash
# Installs those Debian packages that are named in the given lists and missing here.
#
#     tools/install_packages.sh LIST...      a list has one package a line, and comments after '#'
#
# Needs root, or sudo, only if something is missing. Services of the packages are not started.
set -euo pipefail
# shellcheck source=shell/terminal.sh
source "$(dirname "$0")/shell/terminal.sh"

policy=/usr/sbin/policy-rc.d

as_root() { if ((EUID == 0)); then "$@"; else sudo "$@"; fi; }

dpkg_packages() { dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p'; }
# Node.js from its own makers brings npm along, and Debian's cannot be installed beside it.
npm_of_others() { if command -v npm >/dev/null; then echo npm; fi; }

missing_packages() {
    comm -23 <(sed 's/#.*//' "$@" | tr -s '[:space:]' '\n' | sed '/^$/d' | sort -u) \
        <({ dpkg_packages; npm_of_others; } | sort -u)
}

# A RabbitMQ that apt starts would take port 5672: Debian asks this script before it starts anything.
forbid_starting_services() {
    [[ -e $policy ]] && return
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod +x "$policy"
    trap 'as_root rm -f "$policy"' EXIT
}

if ! command -v apt-get >/dev/null; then
    echo "This is not a Debian system: going on with what is installed; the packages needed are in packaging/."
    exit 0
fi
mapfile -t missing < <(missing_packages "$@")
((${#missing[@]} > 0)) || exit 0

step "Installing ${#missing[@]} Debian packages: ${missing[*]}"
if ((EUID != 0)) && ! command -v sudo >/dev/null; then
    fail "Installing needs root, and there is no sudo: run as root: apt-get install ${missing[*]}"
fi
as_root true || fail "Installing needs root, and sudo refused: run as root: apt-get install ${missing[*]}"
log=$(mktemp --suffix=-apt.log)
export DEBIAN_FRONTEND=noninteractive
forbid_starting_services
# The lists may be old or absent, and fetching them needs the network: only when the packages cannot be had without.
if ! as_root apt-get install -y -q --no-install-recommends "${missing[@]}" >"$log" 2>&1; then
    run_logged "$log" "The package lists could not be downloaded: check the network and /etc/apt/sources.list." \
        as_root apt-get update -q -o APT::Update::Error-Mode=any
    run_logged "$log" "The packages could not be installed: see the lines above; Debian 12 and its mirrors have them." \
        as_root apt-get install -y -q --no-install-recommends "${missing[@]}"
fi
rm -f "$log"
