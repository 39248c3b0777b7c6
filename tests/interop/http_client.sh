#!/usr/bin/env bash
# Asks the service of http_subject.cpp in every way, with curl.
#
#     http_client.sh http://ADDRESS
set -euo pipefail

url=$1
page='The quick brown fox jumps over the lazy dog.'
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
passed=0 failed=0

# ask ARGUMENT... PATH: the answer's status, header and body are in $status, $folder/header and $body.
ask() {
    local arguments=("${@:1:$#-1}")
    status=$(curl -sS --max-time 60 -D "$folder/header" -o "$folder/body" -w '%{http_code}' \
        "${arguments[@]}" "$url${!#}")
    body=$(tr -d '\0' <"$folder/body")
}
as_json() { ask -H 'Content-Type: application/json' "$@"; }
header() { sed -n "s/^$1: //Ip" "$folder/header" | tr -d '\r'; }

# expect WHAT ACTUAL EXPECTED
expect() {
    [[ $2 != "$3" ]] || return 0
    printf 'not ok %s: %s\n  expected %s\n  got      %s\n' "$check" "$1" "$3" "$2"
    is_good=false
}
expect_problem() {
    expect status "$status" "$1"
    expect type "$(header Content-Type)" application/problem+json
    local id
    id=$(header X-Request-ID)
    expect request "${body##*'"instance"'}" ":\"urn:uuid:$id\",\"request_id\":\"$id\"}"
}
expect_error_at() { [[ $body == *"{\"path\":\"$1\","* ]] || expect "an error at $1" "$body" "…"; }

json_bodies() {
    local rest='"lines":[{"product":"AB","count":3,"size":"large"}],"note":null}'
    as_json -d '{"customer":"Zoë",'"$rest" /orders
    expect status "$status" 201
    expect body "$body" '{"id":17,"order":{"customer":"Zo\u00eb",'"$rest"',"count":3}'
    as_json -d '{"lines":[{"product":"AB","count":0,"size":"huge"}],"colour":1}' /orders
    expect_problem 422
    for path in body.customer body.colour 'body.lines[0].count' 'body.lines[0].size'; do expect_error_at "$path"; done
    as_json -d '{"customer":' /orders
    expect_problem 400
    ask -d 'customer=x' /orders
    expect_problem 415
    expect Accept-Post "$(header Accept-Post)" application/json
}

query_parameters() {
    ask /search
    expect body "$body" '{"tags":[],"limit":10,"size":"small","sold":null}'
    ask -G --data-urlencode tag=a --data-urlencode 'tag=b&c ü' -d limit=3 -d size=large -d sold=1 /search
    expect body "$body" '{"tags":["a","b&c \u00fc"],"limit":3,"size":"large","sold":true}'
    ask '/search?limit=0&size=huge&sold=perhaps'
    expect_problem 422
    for path in query.limit query.size query.sold; do expect_error_at "$path"; done
}

path_variables() {
    ask '/customers/Zo%C3%AB%20O%27Neil%2F+%20100%25'
    expect body "$body" "Zoë O'Neil/+ 100%"
    ask /items/seven
    expect_problem 404
}

headers_and_cookies() {
    ask -H 'X-Tenant: acme' -b 'theme=dark; session=s-1' /caller
    expect body "$body" '{"tenant":"acme","session":"s-1"}'
    ask -H 'X-Tenant: ACME' /caller
    expect_problem 422
    expect_error_at header.X-Tenant
}

forms() {
    ask --data-urlencode 'title=a & b = ü' -d tag=x -d tag=y+z /form
    expect body "$body" '{"title":"a & b = \u00fc","tags":["x","y z"]}'
    ask -F title=plain -F tag=x /form
    expect multipart "$body" '{"title":"plain","tags":["x"]}'
}

# curl asks for 100 Continue by itself, since the body is large.
uploaded_files() {
    local size=$((20 * 1024 * 1024)) digest file
    head -c "$size" /dev/urandom >"$folder/größe.bin"
    digest=$(sha256sum "$folder/größe.bin" | cut -d' ' -f1)
    ask -F title=large -F "file=@$folder/größe.bin;type=image/png" /files
    expect interim "$(head -n 1 "$folder/header" | tr -d '\r')" 'HTTP/1.1 100 Continue'
    file='"filename":"gr\u00f6\u00dfe.bin","content_type":"image/png"'
    expect body "$body" "{\"title\":\"large\",$file,\"size\":$size,\"sha256\":\"$digest\"}"
}

raw_bodies() {
    head -c 100000 /dev/urandom >"$folder/raw"
    ask --data-binary "@$folder/raw" -H 'Content-Type: application/octet-stream' /raw
    expect bytes "$(sha256sum <"$folder/body")" "$(sha256sum <"$folder/raw")"
    ask -X POST -T "$folder/raw" -H 'Transfer-Encoding: chunked' /raw
    expect 'a chunked body' "$(sha256sum <"$folder/body")" "$(sha256sum <"$folder/raw")"
}

head_and_options() {
    ask -I /page
    expect status "$status" 200
    expect length "$(header Content-Length)" ${#page}
    ask -X OPTIONS /items/17
    expect status "$status" 204
    expect Allow "$(header Allow | tr -d ' ' | tr , '\n' | sort | tr '\n' ' ')" 'DELETE GET HEAD OPTIONS PATCH PUT '
}

put_patch_delete() {
    as_json -X PUT -d '{"text":"three"}' /items/3
    expect body "$body" '{"id":3,"text":"three"}'
    as_json -X PATCH -d '{}' /items/3
    expect body "$body" '{"id":3,"text":"as it was"}'
    ask -X DELETE /items/3
    expect status "$status" 204
    ask /items/18
    expect_problem 404
}

conditional_requests_and_ranges() {
    ask --etag-save "$folder/etag" /page
    ask --etag-compare "$folder/etag" /page
    expect status "$status" 304
    ask -H 'If-Match: "v0"' /page
    expect_problem 412
    ask -r 4-8 /page
    expect status "$status" 206
    expect body "$body" quick
    expect Content-Range "$(header Content-Range)" "bytes 4-8/${#page}"
    ask -r 100- /page
    expect_problem 416
    curl -sS --max-time 60 -R -o "$folder/source" "$url/source"
    ask -z "$folder/source" /source
    expect 'not modified since' "$status" 304
    head -c 100 "$folder/source" >"$folder/resumed"
    curl -sS --max-time 60 -C - -o "$folder/resumed" "$url/source"
    expect 'a download that goes on' "$(sha256sum <"$folder/resumed")" "$(sha256sum <"$folder/source")"
}

compressed_answers() {
    ask /text
    expect plain "$(header Content-Encoding)" ''
    local digest
    digest=$(sha256sum <"$folder/body")
    ask --compressed /text
    expect packed "$(header Content-Encoding)" gzip
    expect text "$(sha256sum <"$folder/body")" "$digest"
}

streamed_bodies() {
    ask '/numbers?up_to=100000'
    expect framing "$(header Transfer-Encoding)" chunked
    expect body "$(sha256sum <"$folder/body")" "$(seq 100000 | sha256sum)"
    ask --http1.0 '/numbers?up_to=1000'
    expect 'the body for HTTP/1.0' "$(sha256sum <"$folder/body")" "$(seq 1000 | sha256sum)"
    ask -N '/ticks?count=2'
    expect type "$(header Content-Type)" text/event-stream
    expect events "$body" $'event: tick\nid: 1\ndata: tick\ndata: 1\n\nevent: tick\nid: 2\ndata: tick\ndata: 2'
}

one_connection_for_many_requests() {
    local connects
    connects=$(curl -sS --max-time 60 -o "$folder/body" -w '%{num_connects}' "$url/page" \
        --next -sS --max-time 60 -o "$folder/body" -w ' %{num_connects}' "$url/no/such/path" \
        --next -sS --max-time 60 -o "$folder/body" -w ' %{num_connects}' "$url/numbers?up_to=10" \
        --next -sS --max-time 60 -o "$folder/body" -w ' %{num_connects}' "$url/page")
    expect connects "$connects" '1 0 0 0'
}

credentials() {
    ask --oauth2-bearer token-of-alice /who
    expect body "$body" alice
    ask /who
    expect_problem 401
    expect challenges "$(header WWW-Authenticate)" $'Bearer realm="doors"\nBasic realm="doors", charset="UTF-8"'
    ask --oauth2-bearer forged /who
    expect_problem 401
    ask --oauth2-bearer token-of-mallory /who
    expect_problem 403
    ask -u bob:open:sésame /who
    expect body "$body" bob
    ask --anyauth -u bob:open:sésame /who
    expect 'after the challenge' "$body" bob
    ask -u bob:wrong /who
    expect_problem 401
}

problems() {
    ask /no/such/path
    expect_problem 404
    ask -X POST /search
    expect_problem 405
    expect Allow "$(header Allow)" 'GET, HEAD'
    ask -H 'Accept: text/html' /items/17
    expect_problem 406
    ask /failure
    expect status "$status" 500
    [[ $body != *reason* ]] || expect 'what the client learns' "$body" 'nothing of the reason'
}

for check in json_bodies query_parameters path_variables headers_and_cookies forms uploaded_files raw_bodies \
    head_and_options put_patch_delete conditional_requests_and_ranges compressed_answers streamed_bodies \
    one_connection_for_many_requests credentials problems; do
    is_good=true
    "$check"
    if $is_good; then
        echo "ok $check"
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
((failed == 0))
