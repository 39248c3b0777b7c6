#include "hiratake/payload/method_result.hpp"

#include "hiratake/payload/json.hpp"

namespace hiratake {

Value MethodResult::value() const {
    if (const Value* value = std::get_if<Value>(&content_)) return *value;
    return parse_json(*json());
}

bool MethodResult::is_null() const {
    const std::string* text = json();
    return text ? *text == "null" : std::get<Value>(content_).is_null();
}

const std::string* MethodResult::json() const {
    if (const auto* error = std::get_if<std::exception_ptr>(&content_)) std::rethrow_exception(*error);
    return std::get_if<std::string>(&content_);
}

}  // namespace hiratake
