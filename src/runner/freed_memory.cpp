#include "runner/freed_memory.hpp"

#ifdef HIRATAKE_HAS_MIMALLOC
#include <mimalloc.h>
#endif

namespace hiratake::runner {

void keep_freed_memory() {
#ifdef HIRATAKE_HAS_MIMALLOC
    // Its own 25 ms are less than large messages are apart: each would take pages from the system, which clears them,
    // and give them back, at four times the cost of carrying the message.
    constexpr long decommit_delay_ms = 2000;
    mi_option_set_default(mi_option_decommit_delay, decommit_delay_ms);
#endif
}

}  // namespace hiratake::runner
