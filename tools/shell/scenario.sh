# shellcheck shell=bash disable=SC2034,SC2154 # the variables are ./quickstart's
# The reference scenario without a person: through HTTP, the shell and the outbox. Sourced by ./quickstart --check.

failures=0
promised="Please wait the calculation, you'll receive an email with results"
mail_within_s=10

# expect WHAT COMMAND...: prints ✓ or ✗ with what it is about.
expect() {
    local what=$1
    shift
    if "$@"; then passed "$what"; else failed "$what"; failures=$((failures + 1)); fi
}

# Says what was got, if it is not what was wanted.
same() {
    [[ $1 == "$2" ]] && return
    printf '    wanted: %q\n    got:    %q\n' "$2" "$1"
    return 1
}

contains() {
    [[ $1 == *"$2"* ]] && return
    printf '    wanted, somewhere: %q\n    got:               %q\n' "$2" "$1"
    return 1
}

ends_with() {
    [[ $1 == *"$2" ]] && return
    printf '    wanted, at the end: %q\n    got:                %q\n' "$2" "$1"
    return 1
}

# post BODY: prints the status and the body of the answer.
post() {
    curl --silent --show-error --max-time 10 --write-out '\n%{http_code}' --data-binary "$1" \
        --header 'Content-Type: application/json' "http://127.0.0.1:$http_port/compute" 2>&1 |
        sed -n '$!{H;b};G;s/\n\n/ /p' || true
}

# What the shell prints for a piece of code, and below it, if it failed, its exit code.
shell_says() { "$bin/hiratake" shell --broker "$broker" --execute "$1" 2>&1 || echo "exit code $?"; }
compute_says() { shell_says "print(n.rpc.compute.compute('$1', $2, $3, '$4'))"; }

# mail_to ADDRESS TEXT...: whether one mail to the address holds all the texts.
mail_to() {
    local address=$1 file text
    shift
    for file in "$outbox"/*.eml; do
        grep -qi "^To:.*$address" "$file" 2>/dev/null || continue
        for text in "$@"; do grep -qF -- "$text" "$file" || continue 2; done
        return 0
    done
    return 1
}

mail_arrives() {
    eventually "$mail_within_s" mail_to "$@" && return
    printf '    no mail to %s with: %s\n' "$1" "${*:2}"
    return 1
}

check_http() {
    local answer body
    body='{"operation": "sum", "value": 30, "other": 10, "email": "http@example.com"}'
    answer=$(post "$body")
    expect "POST /compute answers at once" same "$answer" "200 $promised"
    expect "an 'API Notification' mail is in the outbox" mail_arrives http@example.com "API Notification"
    expect "the result, 40, is in the outbox" mail_arrives http@example.com 40
    answer=$(post '{"operation": ')
    expect "malformed JSON is refused with 400" same "${answer%% *}" 400
    answer=$(post '{"operation": "sum", "value": 30, "email": "http@example.com"}')
    expect "a missing field is refused with 422" same "${answer%% *}" 422
    expect "and named" contains "$answer" other
    answer=$(post '{"operation": "sum", "value": "thirty", "other": 10, "email": "http@example.com"}')
    expect "a field of the wrong type is refused with 422" same "${answer%% *}" 422
}

# page PATH: the page, if it was answered with 200.
page() {
    curl --silent --show-error --fail --max-time 10 --compressed "http://127.0.0.1:$http_port$1" 2>&1 || true
}

check_pages() {
    local document
    expect "/apidocs/ is Swagger UI" contains "$(page /apidocs/)" swagger-ui-bundle.js
    expect "which the API itself has" contains "$(page /apidocs/swagger-ui-bundle.js | head -c 200)" swagger-ui-bundle
    document=$(page /openapi.json)
    expect "/openapi.json describes the route" contains "$document" '"/compute":{"post"'
    expect "and the operations" contains "$document" '["sum","mul","div","sub"]'
    expect "/asyncapi/ is a page" contains "$(page /asyncapi/)" asyncapi.js
    document=$("$bin/compute" asyncapi 2>&1 || true)
    expect "the compute service prints its AsyncAPI document" contains "$document" '"address": "compute.compute"'
}

check_shell() {
    local answer
    answer=$(shell_says "n.rpc.mail.send('shell@example.com', 'testing', 'Just testing')")
    expect "the shell calls mail.send" same "$answer" ""
    expect "its mail is in the outbox" mail_arrives shell@example.com testing "Just testing"
    expect "sum of 30 and 10 is 40" same "$(compute_says sum 30 10 sum@example.com)" 40
    expect "sub of 30 and 10 is 20" same "$(compute_says sub 30 10 sub@example.com)" 20
    expect "mul of 30 and 10 is 300" same "$(compute_says mul 30 10 mul@example.com)" 300
    expect "div of 30 and 10 is 3" same "$(compute_says div 30 10 div@example.com)" 3
    expect "the outcome of mul is in the outbox" mail_arrives mul@example.com 300
    answer=$(shell_says "print(n.rpc.compute.compute{operation='sum', value=1, other=2, email='keyword@example.com'})")
    expect "keyword arguments work" same "$answer" 3
    answer=$(shell_says "print(n.rpc.compute.compute.call_async('sum', 2, 2, 'async@example.com'):result())")
    expect "call_async and result work" same "$answer" 4
    answer=$(echo "n.rpc.compute.compute('sum', 30, 12, 'piped@example.com')" |
        "$bin/hiratake" shell --broker "$broker" 2>&1 || true)
    expect "piped input works" contains "$answer" 42
    answer=$("$bin/hiratake" call compute.compute --broker "$broker" sum 20 3 call@example.com 2>&1 || true)
    expect "hiratake call works" same "$answer" 23
}

check_errors() {
    local answer
    answer=$(compute_says div 30 0 division@example.com)
    expect "a division by zero fails in the shell" ends_with "$answer" "exit code 1"
    expect "with the reason" contains "$answer" zero
    expect "and is mailed" mail_arrives division@example.com "An error occurred"
    answer=$(compute_says pow 30 10 operation@example.com)
    expect "an unknown operation fails in the shell" ends_with "$answer" "exit code 1"
    expect "with the reason" contains "$answer" pow
    expect "and is mailed" mail_arrives operation@example.com "An error occurred"
    answer=$(shell_says "n.rpc.ghost.call()")
    expect "an unknown service is an error at once" contains "$answer" ghost
}

check_stop() {
    local names=("${started_processes[@]}") name
    stop_processes
    for name in "${names[@]}"; do
        expect "$name stops with exit code 0" same "${exit_codes[$name]}" 0
    done
    [[ -z $embedded_uri ]] || expect "the broker's port is free again" test_not port_is_taken "$amqp_port"
    expect "the API's port is free again" test_not port_is_taken "$http_port"
}

test_not() { ! "$@"; }

run_scenario() {
    local name
    process_output='file'
    mkdir -p "$outbox"
    trap 'exit 130' INT TERM
    step "Starting"
    start_all
    passed "the broker, the services and the API run"
    check_http
    check_pages
    check_shell
    check_errors
    if ((failures > 0)); then
        for name in "${started_processes[@]}"; do
            step "The last lines of $name"
            tail -n 20 "$(log_of "$name")"
        done
    fi
    check_stop
    if ((failures > 0)); then fail "$failures of the checks failed."; fi
    printf '%sEverything works.%s\n' "$green" "$plain"
}
