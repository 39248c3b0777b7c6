#include "broker/core/publisher_confirms.hpp"

namespace hiratake::broker::core {

void PublisherConfirms::settle(std::uint64_t tag, bool accepted) {
    if (!answers_.empty() && answers_.back().accepted && accepted) {
        answers_.back() = {.tag = tag, .multiple = true, .accepted = true};
        return;
    }
    // `multiple` on a negative answer would take back what is answered positively beside it.
    answers_.push_back({.tag = tag, .multiple = false, .accepted = accepted});
}

}  // namespace hiratake::broker::core
