#!/usr/bin/env bash
# A RabbitMQ of the tests' own: private node name, ports on 127.0.0.1 and folders, beside whatever else runs here.
#
#     tests/support/rabbitmq.sh start     starts it, waits until it accepts connections, prints its amqp:// URI
#     tests/support/rabbitmq.sh stop      stops it in order; its data stay
#     tests/support/rabbitmq.sh restart   stop, then start on the same port with the same data
#     tests/support/rabbitmq.sh kill      ends it at once, as a crash would
#     tests/support/rabbitmq.sh remove    stops it and deletes its folder
#     tests/support/rabbitmq.sh uri       prints the URI
#     tests/support/rabbitmq.sh ctl ...   rabbitmqctl on this node, such as `ctl list_queues`
#     tests/support/rabbitmq.sh add-vhost         makes a vhost and prints its URI: each test has one of its own
#     tests/support/rabbitmq.sh delete-vhost URI  deletes it with all that is in it
#
# RABBITMQ_TEST_PORT (that of the URI in HIRATAKE_TEST_RABBITMQ, or 29672) and the four ports after it are used: AMQP,
# between nodes, epmd, the management API, and AMQP with TLS, where clients' certificates log them in (EXTERNAL).
# RABBITMQ_TEST_FOLDER holds its data, log and cookie (a folder named after the port, below TMPDIR).
set -euo pipefail

port_of() { local authority=${1##*:}; echo "${authority%%/*}"; }

port=${RABBITMQ_TEST_PORT:-$(port_of "${HIRATAKE_TEST_RABBITMQ:-amqp://127.0.0.1:29672/}")}
folder=${RABBITMQ_TEST_FOLDER:-${TMPDIR:-/tmp}/hiratake-rabbitmq-$port}
libraries=/usr/lib/rabbitmq/bin
certificates=$(cd "$(dirname "$0")" && pwd)/certificates
management=http://guest:guest@127.0.0.1:$((port + 3))/api
# Some seconds on an idle machine, more than a minute on a busy one.
ready_within_s=180

fail() { echo "rabbitmq.sh: $*" >&2; exit 1; }

[[ -x $libraries/rabbitmq-server ]] || fail "RabbitMQ is not installed: apt-get install rabbitmq-server"

# Debian's wrappers in /usr/sbin insist on the user 'rabbitmq' and its folders; those in /usr/lib heed the environment.
export HOME=$folder
export RABBITMQ_NODENAME=hiratake-test-$port@localhost
export RABBITMQ_NODE_IP_ADDRESS=127.0.0.1
export RABBITMQ_NODE_PORT=$port
export RABBITMQ_DIST_PORT=$((port + 1))
export ERL_EPMD_PORT=$((port + 2))
export ERL_EPMD_ADDRESS=127.0.0.1
export RABBITMQ_MNESIA_BASE=$folder/data
export RABBITMQ_LOG_BASE=$folder/log
export RABBITMQ_PID_FILE=$folder/rabbitmq.pid
export RABBITMQ_CONFIG_FILE=$folder/rabbitmq.conf
export RABBITMQ_CONF_ENV_FILE=$folder/rabbitmq-env.conf
export RABBITMQ_ADVANCED_CONFIG_FILE=$folder/none
export RABBITMQ_ENABLED_PLUGINS_FILE=$folder/enabled_plugins
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}"
export ERL_CRASH_DUMP=$folder/log/erl_crash.dump
export LANG=C.UTF-8

uri() { echo "amqp://guest:guest@127.0.0.1:$port/"; }
ctl() { "$libraries/rabbitmqctl" --quiet "$@"; }
process_id() { cat "$RABBITMQ_PID_FILE" 2>/dev/null || true; }
is_running() { local id; id=$(process_id); [[ -n $id ]] && kill -0 "$id" 2>/dev/null; }
accepts() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }

prepare() {
    mkdir -p "$folder/data" "$folder/log"
    chmod 700 "$folder"
    : >"$RABBITMQ_CONF_ENV_FILE"
    echo '[rabbitmq_management, rabbitmq_auth_mechanism_ssl].' >"$RABBITMQ_ENABLED_PLUGINS_FILE"
    cat >"$RABBITMQ_CONFIG_FILE" <<CONFIGURATION
# A nearly full disk or a small machine must not block the tests' publishers.
disk_free_limit.absolute = 50MB
vm_memory_high_watermark.absolute = 1GB
log.console = false
management.tcp.ip = 127.0.0.1
management.tcp.port = $((port + 3))
# Only its commands are wanted: no statistics.
management_agent.disable_metrics_collector = true
listeners.ssl.1 = 127.0.0.1:$((port + 4))
ssl_options.cacertfile = $certificates/ca.pem
ssl_options.certfile = $certificates/server.pem
ssl_options.keyfile = $certificates/server-key.pem
ssl_options.verify = verify_peer
ssl_options.fail_if_no_peer_cert = false
ssl_cert_login_from = common_name
auth_mechanisms.1 = PLAIN
auth_mechanisms.2 = AMQPLAIN
auth_mechanisms.3 = EXTERNAL
CONFIGURATION
}

start() {
    if is_running && accepts; then uri; return; fi
    ! accepts || fail "port $port is in use by something else: set RABBITMQ_TEST_PORT"
    prepare
    setsid "$libraries/rabbitmq-server" >"$folder/log/console.txt" 2>&1 </dev/null &
    # `rabbitmqctl wait` returns as soon as the node has booted, and fails when the process ends before that.
    local started=$SECONDS
    until [[ -s $RABBITMQ_PID_FILE ]]; do
        ((SECONDS - started < ready_within_s)) || fail "it did not start; see $folder/log"
        sleep 0.1
    done
    ctl wait --timeout "$ready_within_s" --pid "$(process_id)" >/dev/null ||
        { tail -n 20 "$folder"/log/* >&2; fail "it did not become ready; see $folder/log"; }
    uri
}

wait_for_end() {
    local id=$1 started=$SECONDS
    # A process that nobody waited for yet is a zombie: it has ended all the same.
    while [[ -d /proc/$id ]] && ! grep -q '^State:[[:space:]]*Z' "/proc/$id/status" 2>/dev/null; do
        ((SECONDS - started < ready_within_s)) || fail "process $id does not end"
        sleep 0.1
    done
    rm -f "$RABBITMQ_PID_FILE"
}

stop() {
    local id
    id=$(process_id)
    is_running || { rm -f "$RABBITMQ_PID_FILE"; return 0; }
    ctl shutdown --timeout "$ready_within_s" >/dev/null 2>&1 || kill -TERM "$id" 2>/dev/null || true
    wait_for_end "$id"
}

kill_at_once() {
    local id
    id=$(process_id)
    is_running || return 0
    kill -KILL "$id"
    wait_for_end "$id"
}

# rabbitmqctl takes a second or two for each command, this a fraction of one. The vhost is given to its maker.
manage() { curl --silent --show-error --fail --max-time 60 --request "$1" "$management/$2" >/dev/null; }

add_vhost() {
    local name
    name=test-$(</proc/sys/kernel/random/uuid)
    manage PUT "vhosts/$name" || fail "no vhost could be added on port $((port + 3)): was it started by this script?"
    echo "$(uri)$name"
}

delete_vhost() { manage DELETE "vhosts/${1##*/}"; }

remove() {
    stop
    # The port mapper of this node alone, on its private port; it refuses while another node is registered.
    epmd -port "$ERL_EPMD_PORT" -kill >/dev/null 2>&1 || true
    rm -rf "$folder"
}

case ${1:-} in
    start) start ;;
    stop) stop ;;
    restart) stop; start ;;
    kill) kill_at_once ;;
    remove) remove ;;
    uri) uri ;;
    ctl) shift; ctl "$@" ;;
    add-vhost) add_vhost ;;
    delete-vhost) delete_vhost "$2" ;;
    *) sed -n '2,/^set/p' "$0" | sed '$d; s/^# \{0,1\}//'; exit 2 ;;
esac
