-- wrk's side of the load: what it asks for, and in the end one line of JSON.
--
--   wrk ... --script load.lua URL -- get [PIPELINED]     GET, so many requests at a time
--   wrk ... --script load.lua URL -- compute TAG         POST a computation; each has an address of its own

local threads = 0

function setup(thread)
    threads = threads + 1
    thread:set("thread_number", threads)
end

local function computation(tag)
    local form = table.concat({
        "POST /compute HTTP/1.1", "Host: localhost", "Content-Type: application/json", "Content-Length: %d", "",
        '{"operation": "sum", "value": 30, "other": 10, "email": "%s"}',
    }, "\r\n")
    local address = tag .. "-%02d-%08d@example.com"
    local body_length = #form - form:find("{", 1, true) + 1 - #"%s" + #address:format(0, 0)
    local sent = 0
    return function()
        sent = sent + 1
        return form:format(body_length, address:format(thread_number, sent))
    end
end

function init(arguments)
    if arguments[1] == "compute" then
        request = computation(arguments[2])
    elseif arguments[2] then
        local burst = wrk.format():rep(tonumber(arguments[2]))
        request = function() return burst end
    end
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '{"answers": %d, "seconds": %.6f, "refused": %d, "broken_off": %d, "p50_us": %d, "p99_us": %d}\n',
        summary.requests, summary.duration / 1e6, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout, latency:percentile(50), latency:percentile(99)))
end
