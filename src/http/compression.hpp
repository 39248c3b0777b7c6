#pragma once

#include "hiratake/http/headers.hpp"
#include "hiratake/http/response.hpp"

namespace hiratake::http {

enum class Compression {
    off,      ///< The server does not compress at all.
    refused,  ///< This client does not take it.
    accepted,
};

/// Whether a client with these request headers takes a body in gzip (RFC 9110 section 12.5.3), and rather than plain.
bool accepts_gzip(const Headers& request);

/// Says in Vary that other clients get the response in another coding.
void vary_by_encoding(Response& response);

/// Whether a response gains by compression: it is complete, a text by its Content-Type, long enough or of unknown
/// length, and neither coded already nor forbidden to be transformed. Streams of events are left alone.
bool is_compressible(const Response& response);

/// Puts the body into gzip, at once or as it is sent. The ETag becomes a weak one, as the bytes are others.
void compress(Response& response);

}  // namespace hiratake::http
