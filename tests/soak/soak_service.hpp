#pragma once

#include "hiratake/hiratake.hpp"
#include "soak/ledger.hpp"

namespace hiratake::test {

/// Notes what reaches it.
struct SoakService {
    static constexpr auto name = "soak";
    static inline Ledger* events = nullptr;
    static inline Ledger* calls = nullptr;

    long twice(long number) {
        calls->see(static_cast<std::size_t>(number));
        return 2 * number;
    }
    void on_event(long number) { events->see(static_cast<std::size_t>(number)); }

    static void define(Service<SoakService>& soak) {
        soak.rpc<&SoakService::twice>("number");
        soak.on_event<&SoakService::on_event>("soak", "happened");
    }
};

}  // namespace hiratake::test
