#include "hiratake/client/core/publish_result.hpp"

namespace hiratake::client {

std::string_view to_string(PublishStatus status) {
    switch (status) {
        case PublishStatus::confirmed: return "confirmed";
        case PublishStatus::sent: return "sent";
        case PublishStatus::returned: return "returned";
        case PublishStatus::rejected: return "rejected";
        case PublishStatus::timed_out: return "timed out";
        case PublishStatus::connection_lost: return "connection lost";
        case PublishStatus::refused: return "refused";
        case PublishStatus::overloaded: return "overloaded";
    }
    return "unknown";
}

}  // namespace hiratake::client
