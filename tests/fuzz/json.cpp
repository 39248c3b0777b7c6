#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/require.hpp"
#include "hiratake/payload/convert.hpp"
#include "hiratake/payload/json.hpp"

using namespace hiratake;

// Whatever is read can be written; what was written is read as the same, is ASCII, and is written the same again. What
// is read straight into C++ types is what comes of it by way of a Value.

namespace {

enum class Unit { piece, metre };

struct Everything {
    static constexpr auto missing_fields = MissingFields::keep_defaults;
    bool yes = false;
    std::int8_t small = 0;
    std::uint64_t large = 0;
    double real = 0;
    std::string text;
    Unit unit = Unit::piece;
    std::optional<int> maybe;
    std::vector<Everything> below;
    std::map<std::string, Value> named;
    std::tuple<int, std::string> pair;
};

template <class T>
void compare_ways(std::string_view input) {
    T straight{};
    if (!payload::read_json_text(input, straight)) return;
    const std::string by_value = write_json(to_value(from_value<T>(parse_json(input))));
    std::string written;
    payload::JsonOutput output{written};
    payload::write_json(output, std::move(straight));
    fuzz::require(written == by_value, "both ways come to the same");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    compare_ways<Everything>(input);
    compare_ways<std::vector<std::optional<double>>>(input);
    compare_ways<std::string>(input);
    Value value;
    try {
        value = parse_json(input);
    } catch (const JsonError& error) {
        fuzz::require(error.offset() <= size, "an error lies in the text");
        return 0;
    }
    for (const JsonStyle style : {JsonStyle::python, JsonStyle::compact}) {
        const std::string once = write_json(value, style);
        for (const char c : once) fuzz::require(c >= 0x20 && c < 0x7f, "what was written is printable ASCII");
        fuzz::require(write_json(parse_json(once), style) == once, "the second round trip changes nothing");
    }
    return 0;
}
