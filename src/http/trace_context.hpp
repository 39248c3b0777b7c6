#pragma once

#include <string_view>

#include "hiratake/http/request.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::http {

/// Whether the text is a traceparent (W3C Trace Context, section 3.2).
bool is_traceparent(std::string_view text);

/// Puts the request's traceparent, if it is a valid one, and the tracestate beside it into the context data, which
/// travel with each call and event of the worker.
void read_trace_context(const Request& request, Object& context_data);

}  // namespace hiratake::http
