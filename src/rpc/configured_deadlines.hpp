#pragma once

#include "hiratake/service/config.hpp"

namespace hiratake::rpc {

/// Whether calls tell their service until when they are waited for, and services refuse what comes later: `deadlines`.
inline bool are_deadlines_on(const Config& config) {
    return config.boolean("deadlines").value_or(true);
}

}  // namespace hiratake::rpc
