#include "http/responder.hpp"

#include "http/problem.hpp"

namespace hiratake::http {

Responder::~Responder() {
    if (send_) send_(problem(500, ""));
}

void Responder::operator()(Response response) {
    auto send = std::move(send_);
    send(std::move(response));
}

}  // namespace hiratake::http
