#pragma once

#include <string_view>

#include "hiratake/http/headers.hpp"
#include "hiratake/http/request.hpp"
#include "hiratake/payload/value.hpp"

namespace hiratake::http {

/// Whether the text is a traceparent (W3C Trace Context, section 3.2).
bool is_traceparent(std::string_view text);

/// Puts the request's traceparent, if it is a valid one, and the tracestate beside it into the context data, which
/// travel with each call and event of the worker.
void read_trace_context(const Request& request, Object& context_data);

/// The way back, for a request that the worker makes.
void write_trace_context(const Object& context_data, Headers& headers);

}  // namespace hiratake::http
