#include "hiratake/amqp/table.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <type_traits>

namespace hiratake::amqp {
namespace {

struct Kind {
    char letter;
    std::string_view type_name;
};

// In the order of FieldValue::Variant.
constexpr std::array<Kind, std::variant_size_v<FieldValue::Variant>> kinds{{
    {'V', "void"},
    {'t', "bool"},
    {'b', "byte"},
    {'B', "unsignedbyte"},
    {'s', "short"},
    {'u', "unsignedshort"},
    {'I', "signedint"},
    {'i', "unsignedint"},
    {'L', "long"},
    {'f', "float"},
    {'d', "double"},
    {'D', "decimal"},
    {'S', "longstr"},
    {'x', "binary"},
    {'A', "array"},
    {'T', "timestamp"},
    {'F', "table"},
}};

}  // namespace

bool Array::operator==(const Array& other) const {
    return items == other.items;
}

Table::Table() = default;
Table::Table(std::initializer_list<Field> fields) : fields_(fields) {}
Table::Table(const Table&) = default;
Table::Table(Table&&) noexcept = default;
Table& Table::operator=(const Table&) = default;
Table& Table::operator=(Table&&) noexcept = default;
Table::~Table() = default;

const FieldValue* Table::find(std::string_view name) const {
    const auto found = std::find_if(fields_.begin(), fields_.end(), [&](const Field& f) { return f.name == name; });
    return found == fields_.end() ? nullptr : &found->value;
}

FieldValue* Table::find(std::string_view name) {
    return const_cast<FieldValue*>(std::as_const(*this).find(name));
}

void Table::set(std::string_view name, FieldValue value) {
    if (FieldValue* const existing = find(name)) {
        *existing = std::move(value);
    } else {
        append(std::string(name), std::move(value));
    }
}

void Table::append(std::string name, FieldValue value) {
    fields_.push_back(Field{std::move(name), std::move(value)});
}

bool Table::erase(std::string_view name) {
    return std::erase_if(fields_, [&](const Field& field) { return field.name == name; }) > 0;
}

void Table::clear() {
    fields_.clear();
}

bool Table::empty() const {
    return fields_.empty();
}

std::size_t Table::size() const {
    return fields_.size();
}

const Field* Table::begin() const {
    return fields_.data();
}

const Field* Table::end() const {
    return fields_.data() + fields_.size();
}

Table Table::sorted() const {
    std::vector<const Field*> order;
    order.reserve(fields_.size());
    for (const Field& field : fields_) order.push_back(&field);
    // Fields of the same name keep their order.
    std::sort(order.begin(), order.end(), [](const Field* one, const Field* other) {
        return std::tie(one->name, one) < std::tie(other->name, other);
    });
    Table result;
    for (const Field* const field : order) result.fields_.push_back(*field);
    return result;
}

bool Table::operator==(const Table& other) const {
    return fields_ == other.fields_;
}

std::optional<bool> FieldValue::as_bool() const {
    const bool* const value = get_if<bool>();
    return value ? std::optional<bool>(*value) : std::nullopt;
}

std::optional<std::int64_t> FieldValue::as_integer() const {
    return std::visit(
        [](const auto& value) -> std::optional<std::int64_t> {
            using Type = std::decay_t<decltype(value)>;
            if constexpr (std::is_integral_v<Type> && !std::is_same_v<Type, bool>) {
                return static_cast<std::int64_t>(value);
            } else {
                return std::nullopt;
            }
        },
        value_);
}

std::optional<double> FieldValue::as_double() const {
    if (const float* const value = get_if<float>()) return static_cast<double>(*value);
    if (const double* const value = get_if<double>()) return *value;
    return std::nullopt;
}

std::optional<std::string_view> FieldValue::as_string() const {
    const std::string* const value = get_if<std::string>();
    return value ? std::optional<std::string_view>(*value) : std::nullopt;
}

char FieldValue::letter() const {
    return kinds[value_.index()].letter;
}

std::string_view FieldValue::type_name() const {
    return kinds[value_.index()].type_name;
}

}  // namespace hiratake::amqp
