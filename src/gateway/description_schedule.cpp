#include "gateway/description_schedule.hpp"

#include <algorithm>

namespace hiratake::gateway {

void DescriptionSchedule::asked(TimePoint now) {
    is_asking_ = true;
    asked_at_ = now;
    next_ = now + longest_wait_for_answer;
}

void DescriptionSchedule::answered(TimePoint now) {
    is_asking_ = false;
    failures_ = 0;
    next_ = now + refresh_;
}

void DescriptionSchedule::failed(TimePoint now) {
    constexpr int most_doublings = 10;
    is_asking_ = false;
    const Duration pause = least_pause * (1 << std::min(failures_, most_doublings));
    ++failures_;
    next_ = now + std::clamp(pause, least_pause, std::max(least_pause, refresh_));
}

void DescriptionSchedule::doubt(TimePoint now) {
    if (is_asking_) return;
    next_ = std::min(next_, std::max(now, asked_at_ + least_pause));
}

}  // namespace hiratake::gateway
