#include "http/chunked_decoder.hpp"

#include <algorithm>
#include <limits>

#include "http/ascii.hpp"

namespace hiratake::http {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// RFC 9110 section 6.5.1: what says where a message ends or goes has no place behind it.
bool may_be_trailer(std::string_view line) {
    const auto name = line.substr(0, line.find(':'));
    const auto is = [name](std::string_view other) { return equal_ignoring_case(name, other); };
    return name.size() < line.size() && !name.empty() && std::all_of(name.begin(), name.end(), is_token_character) &&
           !is("Content-Length") && !is("Transfer-Encoding") && !is("Host");
}

}  // namespace

ChunkedDecoder::Outcome ChunkedDecoder::decode(std::string_view& bytes, std::string& body) {
    while (!bytes.empty()) {
        if (state_ == State::data) {
            const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(chunk_bytes_left_, bytes.size()));
            body.append(bytes.substr(0, length));
            bytes.remove_prefix(length);
            chunk_bytes_left_ -= length;
            if (chunk_bytes_left_ == 0) state_ = State::data_end;
            continue;
        }
        const char c = bytes.front();
        bytes.remove_prefix(1);
        if (++framing_bytes_ > max_framing_bytes_) return Outcome::framing_too_long;
        if (const auto outcome = take(c); outcome != Outcome::incomplete) return outcome;
    }
    return Outcome::incomplete;
}

ChunkedDecoder::Outcome ChunkedDecoder::take(char c) {
    switch (state_) {
        case State::size:
            if (c == '\r') return go_on(State::size_end);
            if (c == ';') return go_on(State::extension);
            if (is_blank(c)) return go_on(State::size_blank);
            [[fallthrough]];
        case State::size_begin: return take_size_digit(c);
        case State::size_blank:
            if (is_blank(c)) return Outcome::incomplete;
            return expect(c, ';', State::extension);
        case State::extension:
            if (c == '\r') return go_on(State::size_end);
            return is_text_character(c) ? Outcome::incomplete : Outcome::malformed;
        case State::size_end: return c == '\n' ? begin_chunk() : Outcome::malformed;
        case State::data: break;
        case State::data_end: return expect(c, '\r', State::data_end_feed);
        case State::data_end_feed: framing_bytes_ = 0; return expect(c, '\n', State::size_begin);
        case State::trailer_begin:
            if (c == '\r') return go_on(State::last_feed);
            state_ = State::trailer;
            [[fallthrough]];
        case State::trailer:
            if (c == '\r') return go_on(State::trailer_end);
            trailer_ += c;
            return is_text_character(c) ? Outcome::incomplete : Outcome::malformed;
        case State::trailer_end: return c == '\n' ? end_trailer() : Outcome::malformed;
        case State::last_feed: return c == '\n' ? Outcome::complete : Outcome::malformed;
    }
    return Outcome::malformed;
}

ChunkedDecoder::Outcome ChunkedDecoder::go_on(State next) {
    state_ = next;
    return Outcome::incomplete;
}

ChunkedDecoder::Outcome ChunkedDecoder::expect(char c, char expected, State next) {
    return c == expected ? go_on(next) : Outcome::malformed;
}

ChunkedDecoder::Outcome ChunkedDecoder::take_size_digit(char c) {
    const int digit = hex_digit(c);
    if (digit < 0 || chunk_bytes_left_ > std::numeric_limits<std::uint64_t>::max() / 16) return Outcome::malformed;
    chunk_bytes_left_ = chunk_bytes_left_ * 16 + static_cast<std::uint64_t>(digit);
    return go_on(State::size);
}

ChunkedDecoder::Outcome ChunkedDecoder::begin_chunk() {
    if (chunk_bytes_left_ > body_bytes_left_) return Outcome::too_large;
    body_bytes_left_ -= chunk_bytes_left_;
    return go_on(chunk_bytes_left_ > 0 ? State::data : State::trailer_begin);
}

ChunkedDecoder::Outcome ChunkedDecoder::end_trailer() {
    if (!may_be_trailer(trailer_)) return Outcome::malformed;
    trailer_.clear();
    return go_on(State::trailer_begin);
}

}  // namespace hiratake::http
