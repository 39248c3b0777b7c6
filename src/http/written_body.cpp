#include "http/written_body.hpp"

#include "hiratake/http/response_interrupted.hpp"

namespace hiratake::http {

net::UniqueFunction<void()> WrittenBody::take_work() {
    return [pipe = pipe_, function = std::move(function_)] {
        try {
            function(*pipe);
            pipe->finish();
        } catch (const ResponseInterrupted&) {
            // Of the connection, which logs it; no failure of the handler.
            pipe->fail();
        } catch (...) {
            pipe->fail();
            throw;
        }
    };
}

}  // namespace hiratake::http
