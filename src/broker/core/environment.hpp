#pragma once

#include "broker/core/agenda.hpp"
#include "broker/core/deadlines.hpp"
#include "broker/core/memory_meter.hpp"
#include "hiratake/base/clock.hpp"
#include "hiratake/base/random.hpp"

namespace hiratake::broker::core {

/// What the parts of one broker share. Outlives all of them.
struct Environment {
    const Clock& clock;
    Random& random;
    Deadlines deadlines;
    MemoryMeter memory;
    Agenda agenda;
};

}  // namespace hiratake::broker::core
