#include "net/signals.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <cstring>

#include "hiratake/base/error.hpp"
#include "net/error_code.hpp"
#include "net/event_loop.hpp"

namespace hiratake::net {

struct Signals::State : std::enable_shared_from_this<Signals::State> {
    State(EventLoop& loop, Handler on_signal) : set(loop.context()), handler(std::move(on_signal)) {}

    void wait() {
        set.async_wait([self = shared_from_this()](ErrorCode error, int signal_number) {
            if (error || self->is_ended) return;
            self->wait();
            self->handler(signal_number, ++self->count);
        });
    }

    boost::asio::signal_set set;
    Handler handler;
    int count = 0;
    bool is_ended = false;
};

Signals::Signals(EventLoop& loop, std::initializer_list<int> signal_numbers, Handler handler)
    : state_(std::make_shared<State>(loop, std::move(handler))) {
    for (const int signal_number : signal_numbers) {
        ErrorCode error;
        state_->set.add(signal_number, error);
        if (error)
            throw Error(std::string("cannot wait for the signal ") + sigabbrev_np(signal_number) + ": " +
                        error.message());
    }
    state_->wait();
}

Signals::~Signals() {
    state_->is_ended = true;
    ErrorCode ignored;  // Nothing can be done about a signal that will not be let go.
    state_->set.clear(ignored);
    state_->set.cancel(ignored);
}

}  // namespace hiratake::net
