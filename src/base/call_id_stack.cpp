#include "hiratake/base/call_id_stack.hpp"

#include <algorithm>
#include <cstring>

namespace hiratake {

void CallIdStack::push_back_joined(std::initializer_list<std::string_view> parts) {
    Length length = 0;
    for (const std::string_view part : parts) length += static_cast<Length>(part.size());
    back_at_ = bytes_.size();
    bytes_.resize(back_at_ + sizeof length + length);
    char* to = bytes_.data() + back_at_;
    std::memcpy(to, &length, sizeof length);
    to += sizeof length;
    for (const std::string_view part : parts) to = std::copy(part.begin(), part.end(), to);
}

CallIdStack CallIdStack::take_oldest(std::size_t count) {
    CallIdStack oldest;
    for (Iterator id = begin(); count > 0; ++id, --count) oldest.push_back(*id);
    bytes_.erase(0, oldest.bytes_.size());
    back_at_ -= bytes_.empty() ? back_at_ : oldest.bytes_.size();
    return oldest;
}

}  // namespace hiratake
