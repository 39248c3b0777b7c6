#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/require.hpp"
#include "hiratake/payload/json.hpp"

using namespace hiratake;

// Whatever is read can be written; what was written is read as the same, is ASCII, and is written the same again.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
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
