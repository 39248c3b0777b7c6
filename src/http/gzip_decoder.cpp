#include "http/gzip_decoder.hpp"

#include <zlib.h>

#include "hiratake/base/error.hpp"

namespace hiratake::http {

struct GzipDecoder::Stream {
    Stream() {
        constexpr int gzip_format = 16;
        if (inflateInit2(&zlib, MAX_WBITS + gzip_format) != Z_OK) {
            throw Error("cannot decode a request in gzip: no memory is left for it");
        }
    }
    ~Stream() { inflateEnd(&zlib); }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    z_stream zlib{};
};

GzipDecoder::GzipDecoder() : stream_(std::make_unique<Stream>()) {}

GzipDecoder::~GzipDecoder() = default;

GzipDecoder::Outcome GzipDecoder::decode(std::string_view bytes, std::string& out, std::uint64_t most_bytes) {
    constexpr std::size_t room = 16 * 1024;
    z_stream& zlib = stream_->zlib;
    // zlib does not change what it reads, but older headers do not say so.
    zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    zlib.avail_in = static_cast<uInt>(bytes.size());
    const auto before = out.size();
    bool has_more = zlib.avail_in > 0;
    while (has_more) {
        if (is_complete_) inflateReset(&zlib);  // Another member follows the last one.
        const auto end = out.size();
        out.resize(end + room);
        zlib.next_out = reinterpret_cast<Bytef*>(out.data() + end);
        zlib.avail_out = static_cast<uInt>(room);
        const int result = inflate(&zlib, Z_NO_FLUSH);
        out.resize(out.size() - zlib.avail_out);
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) return Outcome::malformed;
        if (out.size() - before > most_bytes) return Outcome::too_large;
        is_complete_ = result == Z_STREAM_END;
        has_more = result != Z_BUF_ERROR && (zlib.avail_in > 0 || (!is_complete_ && zlib.avail_out == 0));
    }
    return Outcome::ok;
}

}  // namespace hiratake::http
