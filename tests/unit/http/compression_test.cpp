#include "http/compression.hpp"

#include <gmock/gmock.h>
#include <zlib.h>

#include "hiratake/http/body_writer.hpp"
#include "http/body_source.hpp"
#include "http/gzip_body.hpp"

namespace hiratake::http {
namespace {

/// What a client makes of the bytes so far.
std::string inflated(const std::string& bytes) {
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, MAX_WBITS + 16), Z_OK);
    std::string text(1'000'000, '\0');
    std::string input = bytes;
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    inflate(&stream, Z_SYNC_FLUSH);
    text.resize(stream.total_out);
    inflateEnd(&stream);
    return text;
}

/// Two pieces, with a pause between.
class BodyOfPieces final : public BodySource {
  public:
    std::optional<std::uint64_t> length() const override { return std::nullopt; }
    State read(std::string& out, std::size_t) override {
        switch (reads_++) {
            case 0: out += "one, "; return State::more;
            case 1: return State::waiting;
            default: out += "two"; return State::ended;
        }
    }

  private:
    int reads_ = 0;
};

TEST(Compression, is_what_the_client_accepts) {
    EXPECT_FALSE(accepts_gzip({}));
    for (const auto* list : {"gzip", "GZIP", "deflate, gzip;q=1.0, *;q=0.5", "br, gzip ; q=0.5", "*", "gzip;q=0.001",
                             "identity;q=0.5, gzip", "identity;q=0, *"}) {
        EXPECT_TRUE(accepts_gzip({{"Accept-Encoding", list}})) << list;
    }
    for (const auto* list : {"", "identity", "gzip;q=0", "gzip; Q=0.000", "*;q=0", "gzip;q=0, *", "br, deflate",
                             "identity, gzip;q=0.5", "gzip;q=nonsense", "gzipped"}) {
        EXPECT_FALSE(accepts_gzip({{"Accept-Encoding", list}})) << list;
    }
}

TEST(Compression, is_for_long_texts) {
    const auto long_text = Response::text(std::string(2000, 'x'));
    EXPECT_TRUE(is_compressible(long_text));
    EXPECT_FALSE(is_compressible(Response::text("short")));
    const auto with = [&](const char* name, const char* value) {
        auto response = long_text;
        response.headers.set(name, value);
        return is_compressible(response);
    };
    EXPECT_TRUE(with("Content-Type", "Application/Problem+JSON; charset=utf-8"));
    EXPECT_FALSE(with("Content-Type", "image/png"));
    EXPECT_FALSE(with("Content-Encoding", "br"));
    EXPECT_FALSE(with("Cache-Control", "private, No-Transform"));
    EXPECT_TRUE(is_compressible(Response::stream("text/csv", [](BodyWriter&) {})));
    EXPECT_FALSE(is_compressible(Response::events([](EventStream&) {})));
    auto error = long_text;
    error.status = 206;
    EXPECT_FALSE(is_compressible(error));
}

TEST(Compression, changes_the_bytes_and_what_is_said_of_them) {
    const std::string text(100'000, 'x');
    auto response = Response::text(text);
    response.headers.set("ETag", "\"1\"");
    response.headers.set("Accept-Ranges", "bytes");
    compress(response);
    EXPECT_LT(response.body.size(), text.size() / 100);
    EXPECT_EQ(inflated(response.body), text);
    EXPECT_EQ(*response.headers.find("Content-Encoding"), "gzip");
    EXPECT_EQ(*response.headers.find("ETag"), "W/\"1\"");
    EXPECT_FALSE(response.headers.contains("Accept-Ranges"));
}

TEST(Compression, holds_nothing_back_of_a_body_that_is_made_while_it_is_sent) {
    std::string bytes;
    GzipBody written(std::make_shared<BodyOfPieces>());
    EXPECT_EQ(written.read(bytes, 1000), BodySource::State::more);
    EXPECT_EQ(written.read(bytes, 1000), BodySource::State::waiting);
    EXPECT_EQ(inflated(bytes), "one, ");
    EXPECT_EQ(written.read(bytes, 1000), BodySource::State::ended);
    EXPECT_EQ(inflated(bytes), "one, two");
}

}  // namespace
}  // namespace hiratake::http
