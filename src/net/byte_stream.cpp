#include "net/byte_stream.hpp"

#include <array>
#include <memory>

namespace hiratake::net {

// For streams that cannot be asked whether there is something to read.
void ByteStream::async_receive(ReceiveHandler handler) {
    auto buffer = std::make_unique<std::array<char, 8 * 1024>>();
    const std::span<char> room = *buffer;
    async_read_some(
        room, [buffer = std::move(buffer), handler = std::move(handler)](ErrorCode error, std::size_t length) mutable {
            handler(error, {buffer->data(), length});
        });
}

bool ByteStream::write(std::string_view bytes, WriteHandler handler) {
    const std::size_t written = write_now(bytes);
    if (written == bytes.size()) return true;
    async_write(bytes.substr(written), std::move(handler));
    return false;
}

// For streams whose bytes may not be taken at once.
std::size_t ByteStream::write_now(std::string_view) {
    return 0;
}

}  // namespace hiratake::net
