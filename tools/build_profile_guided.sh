#!/usr/bin/env bash
# Builds a release that g++ optimises by what programs have counted under load: first programs that count, which are put
# under load (bench/training_load), then the TARGETs, or all, in build/profile-guided (docs/operations.md).
#
#   tools/build_profile_guided.sh [TARGET]...
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/shell/terminal.sh

training=build/profile-guided-training
programs=(hiratake echo_service echo_client event_load instruction_load)

# An unknown target is told at once, not after the training.
cmake --preset profile-guided >/dev/null
cmake --build build/profile-guided ${1:+--target "$@"} -- -n >/dev/null

step "Building programs that count"
cmake --preset profile-guided-training >/dev/null
cmake --build "$training" --target "${programs[@]}"

# Named by the programs that have recorded it: they run again when they have changed, and then all is compiled anew.
profile=$PWD/$training/profile-$(cd "$training/bin" && cat "${programs[@]}" | sha256sum | head -c 16)
if [[ ! -d $profile ]]; then
    step "Training"
    rm -rf "$training"/profile-* "$training/recorded"
    run_logged "$training/training.log" "The programs could not be put under load." bench/training_load "$training/bin"
    mv "$training/recorded" "$profile"
fi

step "Building by what they have counted"
cmake --preset profile-guided -DHIRATAKE_USE_PROFILE="$profile" >/dev/null
cmake --build build/profile-guided ${1:+--target "$@"}
