#include "net/alarmed_timers.hpp"

#include <utility>

#include "hiratake/base/deadline.hpp"
#include "net/error_code.hpp"

namespace hiratake::net {

AlarmedTimers::AlarmedTimers(boost::asio::io_context& context, const Clock& clock, Caller caller)
    : clock_(clock), caller_(std::move(caller)), alarm_(context) {}

TimerQueue::Key AlarmedTimers::add(TimePoint at, UniqueFunction<void()> handler) {
    auto key = queue_.add(at, std::move(handler));
    arm();
    return key;
}

// The alarm is left as it is when an entry is removed: at worst it rings once for nothing, which costs less than
// setting it again each time a timeout that is never reached is taken back.
void AlarmedTimers::arm() {
    const auto next = queue_.next();
    if (!alarm_ || !next || (alarm_at_ && *alarm_at_ <= *next)) return;
    alarm_at_ = next;
    alarm_->expires_after(Deadline{*next}.left(clock_.now()));
    alarm_->async_wait([this](ErrorCode error) {
        if (error) return;
        alarm_at_.reset();
        run_due();
        arm();
    });
}

std::size_t AlarmedTimers::run_due() {
    std::size_t count = 0;
    // What is armed from here on waits for the next turn: a timer that arms itself for "now" must not keep the loop
    // here.
    const auto now = clock_.now();
    const auto last_id = queue_.last_id();
    // A clock that a test moves comes to the moment before the alarm does, which would keep what is started next from
    // an alarm of its own.
    if (alarm_at_ && *alarm_at_ <= now) alarm_at_.reset();
    while (auto handler = queue_.take_due(now, last_id)) {
        ++count;
        caller_(handler);
    }
    return count;
}

void AlarmedTimers::close() {
    alarm_.reset();
    queue_.clear();
}

}  // namespace hiratake::net
