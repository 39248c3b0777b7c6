#include "hiratake/payload/value_path.hpp"

namespace hiratake {

std::string ValuePath::to_string() const {
    if (!parent_) return {};
    std::string text = parent_->to_string();
    if (!is_member_) return text + '[' + std::to_string(index_) + ']';
    if (!text.empty()) text += '.';
    return text.append(name_);
}

}  // namespace hiratake
