#include "hiratake/payload/method_result.hpp"

#include <utility>

#include "hiratake/payload/json.hpp"

namespace hiratake {

MethodResult::MethodResult() = default;
MethodResult::MethodResult(Value value) : content_(std::move(value)) {}
MethodResult::MethodResult(Content content) : content_(std::move(content)) {}
MethodResult::MethodResult(const MethodResult& other) = default;
MethodResult::MethodResult(MethodResult&& other) noexcept = default;
MethodResult& MethodResult::operator=(const MethodResult& other) = default;
MethodResult& MethodResult::operator=(MethodResult&& other) noexcept = default;
MethodResult::~MethodResult() = default;

MethodResult MethodResult::of_json(std::string json) {
    return MethodResult{Content{std::move(json)}};
}

MethodResult MethodResult::unwritable(std::exception_ptr error) {
    return MethodResult{Content{std::move(error)}};
}

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
