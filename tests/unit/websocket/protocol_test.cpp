#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "hiratake/base/manual_clock.hpp"
#include "socket_fixture.hpp"

// What a client may and may not send (RFC 6455), by the categories that WebSocket test suites have.

namespace hiratake::websocket {
namespace {

using Lines = std::vector<std::string>;

struct Case {
    std::string name;
    std::string bytes;
    /// Messages handed out ("text …", "binary …") and frames sent, in order.
    Lines outcome;
};

std::ostream& operator<<(std::ostream& out, const Case& each) {
    return out << each.name;
}

/// A client's bytes in pieces of one size, each message handled at once.
Lines outcome_of(const std::string& bytes, std::size_t piece) {
    const Limits limits{.max_message_bytes = 70'000};
    const ManualClock clock;
    SocketMachine machine{limits, clock};
    Lines lines;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        machine.receive(std::string_view(bytes).substr(at, piece));
        for (bool goes_on = true; goes_on;) {
            for (const auto& frame : machine.take_output()) lines.push_back(described(*frame));
            machine.output_written();
            const auto message = machine.take_message();
            goes_on = message.has_value();
            if (!message) continue;
            lines.push_back((message->is_text ? "text " : "binary ") + message->payload);
            machine.message_handled();
        }
    }
    return lines;
}

std::string raw(std::initializer_list<int> bytes) {
    std::string text;
    for (const int byte : bytes) text += static_cast<char>(byte);
    return text;
}

constexpr auto text = Opcode::text;
constexpr auto binary = Opcode::binary;
constexpr auto more = Opcode::continuation;
constexpr auto ping = Opcode::ping;
constexpr auto pong = Opcode::pong;

Case message_of(std::size_t length) {
    const std::string payload(length, 'x');
    return {std::to_string(length) + "_bytes",
            client_frame(text, payload) + client_frame(binary, payload),
            {"text " + payload, "binary " + payload}};
}

std::vector<Case> framing() {
    return {
        // RFC 6455 section 5.7.
        {"the_rfcs_masked_text",
         raw({0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58}),
         {"text Hello"}},
        {"the_rfcs_masked_pong", raw({0x8a, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58}), {}},
        message_of(0),
        message_of(125),
        message_of(126),
        message_of(127),
        message_of(65'535),
        message_of(65'536),
        message_of(70'000),
        {"without_a_mask", raw({0x81, 0x05, 'H', 'e', 'l', 'l', 'o'}), {"close 1002"}},
        {"a_length_of_two_bytes_that_fits_into_seven_bits", client_frame(0x81, "x", 2), {"close 1002"}},
        {"a_length_of_eight_bytes_that_fits_into_seven_bits", client_frame(0x81, "x", 8), {"close 1002"}},
        {"a_length_of_eight_bytes_that_fits_into_two", client_frame(0x82, std::string(300, 'x'), 8), {"close 1002"}},
        {"a_length_with_its_highest_bit", raw({0x82, 0xff, 0x80, 0, 0, 0, 0, 1, 0, 0}), {"close 1002"}},
    };
}

std::vector<Case> reserved_bits_and_opcodes() {
    std::vector<Case> cases;
    for (const int bits : {0x40, 0x20, 0x10, 0x50, 0x70}) {
        const auto first = static_cast<std::uint8_t>(fin | bits | 0x1);
        cases.push_back({"reserved_bits_" + std::to_string(bits), client_frame(first, "x"), {"close 1002"}});
    }
    cases.push_back({"a_compressed_ping", client_frame(0xc9, "x"), {"close 1002"}});
    for (const int opcode : {0x3, 0x4, 0x5, 0x6, 0x7, 0xb, 0xc, 0xd, 0xe, 0xf}) {
        const auto first = static_cast<std::uint8_t>(fin | opcode);
        cases.push_back({"opcode_" + std::to_string(opcode), client_frame(first, ""), {"close 1002"}});
    }
    cases.push_back({"the_message_before_an_error_counts",
                     client_frame(text, "good") + client_frame(0xc1, "bad") + client_frame(text, "ignored"),
                     {"text good", "close 1002"}});
    return cases;
}

std::vector<Case> control_frames() {
    const std::string longest(125, 'p');
    return {
        {"a_ping", client_frame(ping), {"pong"}},
        {"a_ping_with_a_payload", client_frame(ping, "Hello"), {"pong Hello"}},
        {"a_ping_of_binary_bytes", client_frame(ping, raw({0, 0xff, 0xfe})), {"pong " + raw({0, 0xff, 0xfe})}},
        {"the_longest_ping", client_frame(ping, longest), {"pong " + longest}},
        {"a_ping_too_long", client_frame(ping, std::string(126, 'p')), {"close 1002"}},
        {"a_fragmented_ping", client_fragment(ping, "x"), {"close 1002"}},
        {"a_fragmented_close", client_fragment(Opcode::close, ""), {"close 1002"}},
        {"a_pong_that_nobody_asked_for", client_frame(pong, "x") + client_frame(ping, "y"), {"pong y"}},
        {"ten_pings",
         [] {
             std::string bytes;
             for (int i = 0; i < 10; ++i) bytes += client_frame(ping, std::to_string(i));
             return bytes;
         }(),
         {"pong 0", "pong 1", "pong 2", "pong 3", "pong 4", "pong 5", "pong 6", "pong 7", "pong 8", "pong 9"}},
    };
}

std::vector<Case> fragmentation() {
    return {
        {"the_rfcs_two_fragments", client_fragment(text, "Hel") + client_frame(more, "lo"), {"text Hello"}},
        {"three_fragments_of_binary",
         client_fragment(binary, "a") + client_fragment(more, "") + client_frame(more, "b"),
         {"binary ab"}},
        {"all_fragments_empty", client_fragment(text, "") + client_frame(more, ""), {"text "}},
        {"a_ping_between_fragments",
         client_fragment(text, "Hel") + client_frame(ping, "now") + client_frame(more, "lo"),
         {"pong now", "text Hello"}},
        {"nothing_to_continue", client_frame(more, "x"), {"close 1002"}},
        {"nothing_to_continue_any_more",
         client_fragment(text, "a") + client_frame(more, "b") + client_frame(more, "c"),
         {"text ab", "close 1002"}},
        {"a_message_inside_a_message", client_fragment(text, "a") + client_frame(text, "b"), {"close 1002"}},
        {"a_message_of_the_other_kind_inside",
         client_fragment(text, "a") + client_fragment(binary, "b"),
         {"close 1002"}},
        {"a_close_between_fragments", client_fragment(text, "a") + client_close(1000), {"close 1000"}},
        {"fragments_that_are_too_big_together",
         client_fragment(text, std::string(69'999, 'x')) + client_frame(more, "yz"),
         {"close 1009"}},
        {"a_frame_that_is_too_big", client_frame(binary, std::string(70'001, 'x')), {"close 1009"}},
        {"a_length_that_nobody_has_memory_for",
         raw({0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}),
         {"close 1009"}},
    };
}

std::vector<Case> utf8() {
    std::vector<Case> cases;
    const std::vector<std::string> valid{"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5",
                                         std::string(1, '\0'),
                                         "\x7f",
                                         "\xc2\x80",
                                         "\xdf\xbf",
                                         "\xe0\xa0\x80",
                                         "\xed\x9f\xbf",
                                         "\xee\x80\x80",
                                         "\xef\xbf\xbf",
                                         "\xf0\x90\x80\x80",
                                         "\xf4\x8f\xbf\xbf"};
    for (const auto& each : valid) {
        const auto name = "valid_" + std::to_string(cases.size());
        cases.push_back({name, client_frame(text, each), {"text " + each}});
    }
    const std::vector<std::string> invalid{"\x80",
                                           "\xbf",
                                           "\xfe",
                                           "\xff",
                                           "\xc0\xaf",
                                           "\xc1\xbf",
                                           "\xe0\x9f\xbf",
                                           "\xf0\x8f\xbf\xbf",
                                           "\xed\xa0\x80",
                                           "\xed\xbf\xbf",
                                           "\xf4\x90\x80\x80",
                                           "\xf5\x80\x80\x80",
                                           "\xfc\x80\x80\x80\x80\x80",
                                           "\xc3",
                                           "\xe2\x82",
                                           "\xf0\x9f\x8d",
                                           "\xc3(",
                                           "\xe2(\xa1",
                                           "a\xce\xba\xe1\xbd\xb9\xed\xa0\x80z"};
    for (const auto& each : invalid) {
        const auto name = "invalid_" + std::to_string(cases.size());
        cases.push_back({name, client_frame(text, each), {"close 1007"}});
    }
    cases.push_back({"a_character_across_fragments",
                     client_fragment(text, "\xf0\x9f") + client_fragment(more, "\x8d") + client_frame(more, "\x84"),
                     {"text \xf0\x9f\x8d\x84"}});
    cases.push_back({"half_a_character_at_the_end",
                     client_fragment(text, "a") + client_frame(more, "\xf0\x9f\x8d"),
                     {"close 1007"}});
    cases.push_back({"found_before_the_last_fragment", client_fragment(text, "\xce\xba\xff"), {"close 1007"}});
    cases.push_back({"binary_is_not_checked", client_frame(binary, "\xff"), {"binary \xff"}});
    cases.push_back({"a_checker_begins_anew",
                     client_frame(binary, "\xf0") + client_frame(text, "\x80"),
                     {"binary \xf0", "close 1007"}});
    return cases;
}

std::vector<Case> closing() {
    std::vector<Case> cases{
        {"without_a_code", client_frame(Opcode::close), {"close"}},
        {"with_a_reason", client_close(1000, "bye"), {"close 1000"}},
        {"with_the_longest_reason", client_close(1000, std::string(123, 'x')), {"close 1000"}},
        {"with_a_reason_too_long", client_close(1000, std::string(124, 'x')), {"close 1002"}},
        {"with_half_a_code", client_frame(Opcode::close, "\x03"), {"close 1002"}},
        {"with_a_reason_that_is_not_utf8", client_close(1000, "\xff"), {"close 1007"}},
        {"twice", client_close(1000) + client_close(1000), {"close 1000"}},
        {"and_speaking_on", client_close(1000) + client_frame(text, "x") + client_frame(ping), {"close 1000"}},
    };
    for (const int code :
         {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999}) {
        const auto name = std::to_string(code);
        cases.push_back({"allowed_" + name, client_close(static_cast<std::uint16_t>(code)), {"close " + name}});
    }
    for (const int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65'535}) {
        cases.push_back(
            {"not_allowed_" + std::to_string(code), client_close(static_cast<std::uint16_t>(code)), {"close 1002"}});
    }
    return cases;
}

class Protocol : public testing::TestWithParam<Case> {};

TEST_P(Protocol, is_kept_however_the_bytes_arrive) {
    EXPECT_EQ(outcome_of(GetParam().bytes, GetParam().bytes.size()), GetParam().outcome);
    EXPECT_EQ(outcome_of(GetParam().bytes, 997), GetParam().outcome);
    EXPECT_EQ(outcome_of(GetParam().bytes, 1), GetParam().outcome);
}

std::string case_name(const testing::TestParamInfo<Case>& info) {
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(framing, Protocol, testing::ValuesIn(framing()), case_name);
INSTANTIATE_TEST_SUITE_P(reserved, Protocol, testing::ValuesIn(reserved_bits_and_opcodes()), case_name);
INSTANTIATE_TEST_SUITE_P(control_frames, Protocol, testing::ValuesIn(control_frames()), case_name);
INSTANTIATE_TEST_SUITE_P(fragmentation, Protocol, testing::ValuesIn(fragmentation()), case_name);
INSTANTIATE_TEST_SUITE_P(utf8, Protocol, testing::ValuesIn(utf8()), case_name);
INSTANTIATE_TEST_SUITE_P(closing, Protocol, testing::ValuesIn(closing()), case_name);

// RFC 6455 section 5.7, from the server's side.
TEST(EncodedFrame, has_the_shortest_form_of_its_length) {
    EXPECT_EQ(*encode_frame(Opcode::text, "Hello"), "\x81\x05Hello");
    EXPECT_EQ(encode_frame(Opcode::binary, std::string(125, 'x'))->substr(0, 2), "\x82\x7d");
    EXPECT_EQ(encode_frame(Opcode::binary, std::string(256, 'x'))->substr(0, 4), (std::string{"\x82\x7e\x01\x00", 4}));
    EXPECT_EQ(encode_frame(Opcode::binary, std::string(65'536, 'x'))->substr(0, 10),
              (std::string{"\x82\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10}));
    EXPECT_EQ(*encode_close(CloseCode::going_away, "bye"), (std::string{"\x88\x05\x03\xe9"
                                                                        "bye"}));
    EXPECT_EQ(*encode_close(CloseCode::no_status, {}), (std::string{"\x88\x00", 2}));
}

}  // namespace
}  // namespace hiratake::websocket
