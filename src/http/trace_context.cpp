#include "http/trace_context.hpp"

#include <algorithm>
#include <string>

#include "http/ascii.hpp"

namespace hiratake::http {
namespace {

// Section 3.3.1.5: at least so much of a tracestate should be passed on.
constexpr std::size_t max_tracestate_size = 512;

bool is_lower_hexadecimal(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_zero(std::string_view text) {
    return text.find_first_not_of('0') == std::string_view::npos;
}

}  // namespace

// "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"; later versions may have more behind another dash.
bool is_traceparent(std::string_view text) {
    constexpr std::size_t size = 55;
    if (text.size() < size || text[2] != '-' || text[35] != '-' || text[52] != '-') return false;
    const auto version = text.substr(0, 2);
    const auto trace_id = text.substr(3, 32);
    const auto parent_id = text.substr(36, 16);
    if (version == "ff" || (version == "00" ? text.size() != size : text.size() > size && text[size] != '-')) {
        return false;
    }
    return is_lower_hexadecimal(version) && is_lower_hexadecimal(trace_id) && is_lower_hexadecimal(parent_id) &&
           is_lower_hexadecimal(text.substr(53, 2)) && !is_zero(trace_id) && !is_zero(parent_id);
}

void read_trace_context(const Request& request, Object& context_data) {
    const auto* parent = request.headers.find("traceparent");
    if (!parent || request.headers.count("traceparent") != 1 || !is_traceparent(*parent)) return;
    context_data.set("traceparent", *parent);
    std::string state;
    for (const auto& header : request.headers) {
        if (equal_ignoring_case(header.name, "tracestate")) state += (state.empty() ? "" : ",") + header.value;
    }
    if (!state.empty() && state.size() <= max_tracestate_size) context_data.set("tracestate", std::move(state));
}

// The data may come from another program than this one.
void write_trace_context(const Object& context_data, Headers& headers) {
    const auto text_of = [&context_data](std::string_view key) -> const std::string* {
        const Value* value = context_data.find(key);
        return value ? value->get_if<std::string>() : nullptr;
    };
    const auto* parent = text_of("traceparent");
    if (!parent || !is_traceparent(*parent)) return;
    headers.set("traceparent", *parent);
    const auto* state = text_of("tracestate");
    const auto is_printable = [](char c) { return c >= ' ' && c <= '~'; };
    if (state && state->size() <= max_tracestate_size && std::all_of(state->begin(), state->end(), is_printable)) {
        headers.set("tracestate", *state);
    }
}

}  // namespace hiratake::http
