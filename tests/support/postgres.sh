#!/usr/bin/env bash
# Runs a PostgreSQL for tests in a folder of its own, on a Unix socket alone. Prints its URI when it is ready, and ends
# it, folder and all, when its own input ends: also when the test that holds it has been killed.
set -euo pipefail

binaries=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
[[ -n $binaries ]] || { echo "postgres.sh: PostgreSQL is not installed: apt-get install postgresql" >&2; exit 1; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/hiratake-postgres-XXXXXX")
as_owner=()
if ((EUID == 0)); then
    # It refuses to run as root.
    chown postgres: "$folder"
    as_owner=(runuser -u postgres --)
fi
server=''
end() {
    trap '' INT TERM HUP
    if [[ -n $server ]]; then
        "${as_owner[@]}" "$binaries/pg_ctl" stop --pgdata "$folder/data" --mode immediate --silent ||
            kill -KILL "$server"
        wait "$server" || true
    fi
    rm -rf "$folder"
}
trap end EXIT
trap 'exit 130' INT TERM HUP

cd "$folder"
"${as_owner[@]}" "$binaries/initdb" --pgdata "$folder/data" --username test --auth trust --encoding UTF8 --no-sync \
    --no-instructions >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
"${as_owner[@]}" "$binaries/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync=off \
    >"$folder/server.log" 2>&1 </dev/null &
server=$!
started=$SECONDS
until "$binaries/pg_isready" --quiet --host "$folder"; do
    if ! kill -0 "$server" 2>/dev/null || ((SECONDS - started > 60)); then
        cat "$folder/server.log" >&2
        exit 1
    fi
    sleep 0.1
done
echo "postgresql:///postgres?host=$folder&user=test"
cat >/dev/null
