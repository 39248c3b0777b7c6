#include "http/gzip_body.hpp"

#include <zlib.h>

#include <utility>

#include "hiratake/base/error.hpp"

namespace hiratake::http {

/// zlib's stream, which compresses into a text that grows.
class GzipDeflater {
  public:
    GzipDeflater() {
        constexpr int gzip_format = 16;
        constexpr int level = 5;  // Higher ones cost much for little.
        constexpr int memory_level = 8;
        if (deflateInit2(&stream_, level, Z_DEFLATED, MAX_WBITS + gzip_format, memory_level, Z_DEFAULT_STRATEGY) !=
            Z_OK) {
            throw Error("cannot compress a response: no memory is left for it");
        }
    }
    ~GzipDeflater() { deflateEnd(&stream_); }
    GzipDeflater(const GzipDeflater&) = delete;
    GzipDeflater& operator=(const GzipDeflater&) = delete;

    void append(std::string_view text, std::string& out, int flush) {
        // zlib does not change what it reads, but older headers do not say so.
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
        stream_.avail_in = static_cast<uInt>(text.size());
        do {
            const auto before = out.size();
            const auto room = deflateBound(&stream_, stream_.avail_in) + smallest_room;
            out.resize(before + room);
            stream_.next_out = reinterpret_cast<Bytef*>(out.data() + before);
            stream_.avail_out = static_cast<uInt>(room);
            deflate(&stream_, flush);
            out.resize(out.size() - stream_.avail_out);
        } while (stream_.avail_out == 0);
    }

  private:
    static constexpr std::size_t smallest_room = 64;

    z_stream stream_{};
};

std::string gzip(std::string_view text) {
    GzipDeflater deflater;
    std::string out;
    deflater.append(text, out, Z_FINISH);
    return out;
}

GzipBody::GzipBody(std::shared_ptr<BodySource> plain)
    : plain_(std::move(plain)), deflater_(std::make_unique<GzipDeflater>()) {}

GzipBody::~GzipBody() = default;

BodySource::State GzipBody::read(std::string& out, std::size_t max_bytes) {
    piece_.clear();
    const auto state = plain_->read(piece_, max_bytes);
    has_unflushed_ = has_unflushed_ || !piece_.empty();
    switch (state) {
        case State::more: deflater_->append(piece_, out, Z_NO_FLUSH); break;
        case State::waiting:
            if (std::exchange(has_unflushed_, false)) deflater_->append(piece_, out, Z_SYNC_FLUSH);
            break;
        case State::ended: deflater_->append(piece_, out, Z_FINISH); break;
        case State::failed: break;
    }
    return state;
}

}  // namespace hiratake::http
