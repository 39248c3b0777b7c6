#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/require.hpp"
#include "hiratake/base/manual_clock.hpp"
#include "http/connection_machine.hpp"

using namespace hiratake;

namespace {

/// The requests that get through and the status that ends the connection, if one does.
struct Outcome {
    std::vector<std::string> requests;
    int refusal = 0;
};

Outcome outcome_of(std::string_view input, std::size_t piece_bytes) {
    http::Limits limits;
    limits.max_header_bytes = 512;
    limits.max_body_bytes = 1024;
    const ManualClock clock;
    http::ConnectionMachine machine(limits, clock);
    Outcome outcome;
    while (!input.empty()) {
        machine.receive(input.substr(0, piece_bytes));
        input.remove_prefix(std::min(piece_bytes, input.size()));
        while (const auto request = machine.take_request()) {
            outcome.requests.push_back(request->method + " " + request->target + " " + request->body);
            fuzz::require(request->headers.count("Content-Length") <= 1, "a length is stated once");
            fuzz::require(
                !request->headers.contains("Content-Length") || !request->headers.contains("Transfer-Encoding"),
                "a body is framed in one way");
            fuzz::require(request->body.size() <= limits.max_body_bytes, "a body stays within its bound");
            machine.respond({});
        }
        if (const auto refusal = machine.take_refusal()) outcome.refusal = refusal->status;
        if (!machine.take_output().empty()) machine.output_written();
    }
    return outcome;
}

}  // namespace

// However the bytes are cut, the same requests get through, and the same is refused.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto whole = outcome_of(input, input.size());
    for (const std::size_t piece_bytes : {1U, 3U, 17U}) {
        const auto cut = outcome_of(input, piece_bytes);
        fuzz::require(cut.requests == whole.requests, "cutting changes no request");
        fuzz::require(cut.refusal == whole.refusal, "cutting changes no refusal");
    }
    return 0;
}
