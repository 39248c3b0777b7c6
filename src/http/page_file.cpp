#include "http/page_file.hpp"

#include <fmt/format.h>

#include <boost/beast/zlib/inflate_stream.hpp>
#include <cstdint>
#include <cstring>

namespace hiratake::http {
namespace {

// RFC 1952: a header, which holds no name when the compressor was told to leave it out, and, behind the compressed
// data, their checksum and length, in little-endian order.
constexpr std::size_t header_size = 10;
constexpr std::size_t trailer_size = 8;

std::uint32_t number_at(std::string_view bytes, std::size_t position) {
    std::uint32_t number = 0;
    for (std::size_t i = 4; i-- > 0;) number = number << 8 | static_cast<unsigned char>(bytes[position + i]);
    return number;
}

}  // namespace

std::string PageFile::entity_tag() const {
    const std::size_t trailer = gzip.size() - trailer_size;
    return fmt::format("W/\"{:08x}-{:x}\"", number_at(gzip, trailer), number_at(gzip, trailer + 4));
}

std::string PageFile::decompressed() const {
    namespace zlib = boost::beast::zlib;
    std::string contents(number_at(gzip, gzip.size() - 4), '\0');
    zlib::z_params parameters;
    parameters.next_in = gzip.data() + header_size;
    parameters.avail_in = gzip.size() - header_size - trailer_size;
    parameters.next_out = contents.data();
    parameters.avail_out = contents.size();
    zlib::inflate_stream stream;
    boost::beast::error_code error;
    stream.write(parameters, zlib::Flush::finish, error);
    contents.resize(parameters.total_out);
    return contents;
}

}  // namespace hiratake::http
