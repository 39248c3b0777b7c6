#include "http/responder.hpp"

#include <utility>

#include "http/problem.hpp"

namespace hiratake::http {

Responder::~Responder() {
    if (state_) (*this)(problem(500, ""));
}

void Responder::operator()(Response response) {
    const auto state = std::move(state_);
    for (const auto& header : state->exchange.answer_headers) {
        // Vary is a list (RFC 9110 section 12.5.5), to which each part of the server adds.
        const bool is_list = header.name == "Vary";
        if (is_list || !response.headers.contains(header.name)) response.headers.add(header.name, header.value);
    }
    state->send(std::move(response), std::move(state->exchange));
}

}  // namespace hiratake::http
