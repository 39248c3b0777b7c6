#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/require.hpp"
#include "hiratake/base/error.hpp"
#include "hiratake/payload/serializer.hpp"

using namespace hiratake;

// Whatever is read can be written; what was written is read as the same, and is written the same again.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Serializer msgpack = msgpack_serializer();
    Value value;
    try {
        value = msgpack.decode({reinterpret_cast<const char*>(data), size});
    } catch (const Error&) {
        return 0;
    }
    const std::string once = msgpack.encode(value);
    fuzz::require(msgpack.encode(msgpack.decode(once)) == once, "the second round trip changes nothing");
    return 0;
}
