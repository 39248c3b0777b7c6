#include "hiratake/payload/value.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "hiratake/payload/conversion_error.hpp"

namespace hiratake {
namespace {

constexpr std::size_t small_object = 16;

// For objects so large that comparing all names with each other would be an attack: sorts the members' numbers by name,
// so that those with one name lie side by side in their order of arrival.
std::vector<Member> without_duplicates(std::vector<Member> members) {
    std::vector<std::size_t> order(members.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&members](std::size_t a, std::size_t b) {
        const int names = members[a].name.compare(members[b].name);
        return names != 0 ? names < 0 : a < b;
    });
    std::vector<bool> dropped(members.size());
    std::size_t first = 0;
    for (std::size_t i = 1; i < order.size(); ++i) {
        if (members[order[i]].name != members[order[first]].name) {
            first = i;
            continue;
        }
        members[order[first]].value = std::move(members[order[i]].value);
        dropped[order[i]] = true;
    }
    std::vector<Member> kept;
    kept.reserve(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (!dropped[i]) kept.push_back(std::move(members[i]));
    }
    return kept;
}

template <class T>
const T& require(const T* inside, const Value& value, const char* expected) {
    if (!inside) throw ConversionError(ValuePath{}, expected, value);
    return *inside;
}

}  // namespace

Object::Object() noexcept = default;
Object::Object(const Object& other) = default;
Object::Object(Object&& other) noexcept = default;
Object& Object::operator=(const Object& other) = default;
Object& Object::operator=(Object&& other) noexcept = default;
Object::~Object() = default;

Object::Object(std::vector<Member> members) {
    if (members.size() > small_object) {
        members_ = without_duplicates(std::move(members));
        return;
    }
    for (auto member = members.begin(); member != members.end();) {
        const auto same =
            std::find_if(members.begin(), member, [&](const Member& before) { return before.name == member->name; });
        if (same == member) {
            ++member;
            continue;
        }
        same->value = std::move(member->value);
        member = members.erase(member);
    }
    members_ = std::move(members);
}

Object::Object(std::initializer_list<Member> members) : Object(std::vector<Member>(members)) {}

bool Object::empty() const {
    return members_.empty();
}

std::size_t Object::size() const {
    return members_.size();
}

void Object::reserve(std::size_t members) {
    members_.reserve(members);
}

std::vector<Member>::const_iterator Object::begin() const {
    return members_.begin();
}
std::vector<Member>::const_iterator Object::end() const {
    return members_.end();
}
std::vector<Member>::iterator Object::begin() {
    return members_.begin();
}
std::vector<Member>::iterator Object::end() {
    return members_.end();
}

const Value* Object::find(std::string_view name) const {
    for (const Member& member : members_) {
        if (member.name == name) return &member.value;
    }
    return nullptr;
}

Value* Object::find(std::string_view name) {
    return const_cast<Value*>(std::as_const(*this).find(name));
}

Value& Object::set(std::string name, Value value) {
    if (Value* present = find(name)) return *present = std::move(value);
    return append(std::move(name), std::move(value));
}

Value& Object::append(std::string name, Value value) {
    return members_.emplace_back(std::move(name), std::move(value)).value;
}

bool Object::erase(std::string_view name) {
    const auto member =
        std::find_if(members_.begin(), members_.end(), [name](const Member& m) { return m.name == name; });
    if (member == members_.end()) return false;
    members_.erase(member);
    return true;
}

bool operator==(const Object& left, const Object& right) {
    if (left.size() != right.size()) return false;
    if (left.members_ == right.members_) return true;
    return std::all_of(left.begin(), left.end(), [&right](const Member& member) {
        const Value* other = right.find(member.name);
        return other && *other == member.value;
    });
}

bool operator==(const Member& left, const Member& right) = default;

Value::Value() noexcept = default;
Value::Value(std::in_place_t, bool boolean) : data_(boolean) {}
Value::Value(std::in_place_t, std::int64_t integer) : data_(integer) {}
Value::Value(std::in_place_t, double real) : data_(real) {}
Value::Value(std::string text) : data_(std::move(text)) {}
Value::Value(Array array) : data_(std::move(array)) {}
Value::Value(Object object) : data_(std::move(object)) {}
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

bool operator==(const Value& left, const Value& right) {
    return left.data_ == right.data_;
}

Value::Value(BigInteger integer) {
    const char* end = integer.digits.data() + integer.digits.size();
    std::int64_t small = 0;
    const auto [parsed, error] = std::from_chars(integer.digits.data(), end, small);
    if (error == std::errc{} && parsed == end) {
        data_ = small;
    } else {
        data_ = std::move(integer);
    }
}

bool Value::as_bool() const {
    return require(get_if<bool>(), *this, "a boolean");
}

std::int64_t Value::as_integer() const {
    return require(get_if<std::int64_t>(), *this, "an integer of 64 bits");
}

double Value::as_double() const {
    if (const auto* integer = get_if<std::int64_t>()) return static_cast<double>(*integer);
    if (const auto* integer = get_if<BigInteger>()) return std::strtod(integer->digits.c_str(), nullptr);
    return require(get_if<double>(), *this, "a number");
}

const std::string& Value::as_string() const {
    return require(get_if<std::string>(), *this, "a string");
}
const Array& Value::as_array() const {
    return require(get_if<Array>(), *this, "an array");
}
const Object& Value::as_object() const {
    return require(get_if<Object>(), *this, "an object");
}
std::string& Value::as_string() {
    return const_cast<std::string&>(std::as_const(*this).as_string());
}
Array& Value::as_array() {
    return const_cast<Array&>(std::as_const(*this).as_array());
}
Object& Value::as_object() {
    return const_cast<Object&>(std::as_const(*this).as_object());
}

std::optional<std::uint64_t> Value::to_unsigned() const {
    if (const auto* integer = get_if<std::int64_t>()) {
        if (*integer < 0) return std::nullopt;
        return static_cast<std::uint64_t>(*integer);
    }
    if (const auto* integer = get_if<BigInteger>()) {
        const char* end = integer->digits.data() + integer->digits.size();
        std::uint64_t result = 0;
        const auto [parsed, error] = std::from_chars(integer->digits.data(), end, result);
        if (error == std::errc{} && parsed == end) return result;
    }
    return std::nullopt;
}

const Value* Value::find(std::string_view name) const {
    const Object* object = get_if<Object>();
    return object ? object->find(name) : nullptr;
}

std::string_view describe(Value::Kind kind) {
    switch (kind) {
        case Value::Kind::null: return "null";
        case Value::Kind::boolean: return "a boolean";
        case Value::Kind::integer: return "an integer";
        case Value::Kind::big_integer: return "an integer beyond 64 bits";
        case Value::Kind::real: return "a number";
        case Value::Kind::string: return "a string";
        case Value::Kind::array: return "an array";
        case Value::Kind::object: return "an object";
    }
    return "nothing known";
}

}  // namespace hiratake
