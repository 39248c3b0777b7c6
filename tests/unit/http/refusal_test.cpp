// What never reaches a handler: malformed, oversized and ambiguous requests.
#include "http/connection_machine.hpp"
#include "machine_fixture.hpp"

namespace hiratake::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Refusal {
    const char* name;
    const char* request;
    const char* status;
};

void PrintTo(const Refusal& refusal, std::ostream* out) {
    *out << refusal.name;
}

class RefusalTest : public MachineTest, public testing::WithParamInterface<Refusal> {};

TEST_P(RefusalTest, is_answered_with_its_status_and_the_connection_is_closed) {
    const auto answer = answer_to(GetParam().request);
    EXPECT_THAT(answer, StartsWith(std::string("HTTP/1.1 ") + GetParam().status + " "));
    EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
    EXPECT_THAT(answer, HasSubstr("Content-Type: application/problem+json\r\n"));
    EXPECT_TRUE(machine_.wants_end_of_output());
    EXPECT_EQ(std::to_string(machine_.take_refusal()->status), GetParam().status);
    EXPECT_FALSE(machine_.take_refusal());
    // Nothing behind it is taken for a request.
    EXPECT_EQ(answer_to("GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"), "");
}

TEST_P(RefusalTest, is_the_same_when_the_bytes_come_one_by_one) {
    std::string answer;
    for (const char* byte = GetParam().request; *byte != '\0' && answer.empty(); ++byte) {
        answer = answer_to(std::string_view(byte, 1));
    }
    EXPECT_THAT(answer, StartsWith(std::string("HTTP/1.1 ") + GetParam().status + " "));
}

const Refusal refusals[] = {
    {"no_http", "nonsense\r\n\r\n", "400"},
    {"no_target", "GET HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
    {"space_in_target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
    {"control_in_target", "GET /a\x01 HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
    {"bad_query_encoding", "GET /?a=%zz HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
    {"authority_form", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
    {"http_2", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", "505"},
    {"no_host", "GET / HTTP/1.1\r\n\r\n", "400"},
    {"two_hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"},
    {"bare_line_feeds", "GET / HTTP/1.1\nHost: a\n\n\r\n\r\n", "400"},
    {"space_before_colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", "400"},
    {"folded_line", "GET / HTTP/1.1\r\nHost: a\r\nX: one\r\n two\r\n\r\n", "400"},
    {"folded_coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n\tchunked\r\n\r\n0\r\n\r\n", "400"},
    {"folded_host", "GET / HTTP/1.1\r\nHost:\r\n a\r\n\r\n", "400"},
    {"greeting_of_tls", "\x16\x03\x01\x02", "400"},
    {"space_before_first_field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", "400"},
    {"empty_name", "GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n", "400"},
    {"bare_carriage_return", "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", "400"},
    {"no_colon", "GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n", "400"},
    {"nul_in_value", "GET / HTTP/1.1\r\nHost: a\r\nX: a\x7f\r\n\r\n", "400"},
    {"length_no_number", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: two\r\n\r\nhi", "400"},
    {"length_with_sign", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +2\r\n\r\nhi", "400"},
    {"length_too_long", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", "400"},
    {"length_hexadecimal", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x2\r\n\r\nhi", "400"},
    {"length_negative", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -2\r\n\r\nhi", "400"},
    {"length_list_differing", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2, 3\r\n\r\nhi!", "400"},
    {"length_list", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2, 2\r\n\r\nhi", "400"},
    {"same_length_twice", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nhi", "400"},
    {"two_lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi!", "400"},
    {"length_and_chunked",
     "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
    {"chunked_and_length",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n", "400"},
    {"chunked_twice", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", "501"},
    {"chunked_in_two_fields",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
    {"unknown_coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "501"},
    {"gzip_coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "501"},
    {"chunked_in_1_0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
    {"bad_chunk_size", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n", "400"},
    {"chunk_size_too_long", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n11111111111111111\r\n\r\n",
     "400"},
    {"chunk_size_with_sign", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n+2\r\nhi\r\n0\r\n\r\n",
     "400"},
    {"chunk_size_with_prefix", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0x2\r\nhi\r\n0\r\n\r\n",
     "400"},
    {"chunk_size_with_space", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2 \r\nhi\r\n0\r\n\r\n",
     "400"},
    {"chunk_extension_over_two_lines",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2;a=\"\r\n\"\r\nhi\r\n0\r\n\r\n", "400"},
    {"control_in_chunk_extension",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2;\x01\r\nhi\r\n0\r\n\r\n", "400"},
    {"chunk_line_without_carriage_return",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\nhi\r\n0\r\n\r\n", "400"},
    {"folded_trailer", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: a\r\n b\r\n\r\n",
     "400"},
    {"nonsense_in_trailers", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nnonsense\r\n\r\n",
     "400"},
    {"bad_chunk_end", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhixx0\r\n\r\n", "400"},
    {"length_in_trailers",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 7\r\n\r\n", "400"},
    {"unknown_expectation", "POST / HTTP/1.1\r\nHost: a\r\nExpect: a miracle\r\nContent-Length: 1\r\n\r\n1", "417"},
};

INSTANTIATE_TEST_SUITE_P(Refusals, RefusalTest, testing::ValuesIn(refusals),
                         [](const auto& refusal) { return std::string(refusal.param.name); });

TEST_F(MachineTest, refuses_a_header_that_is_too_large_as_soon_as_it_is) {
    EXPECT_EQ(answer_to("GET / HTTP/1.1\r\nHost: a\r\n"), "");
    EXPECT_THAT(answer_to("X: " + std::string(limits_.max_header_bytes, 'x')),
                StartsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n"));
}

TEST_F(MachineTest, refuses_a_large_header_that_comes_at_once) {
    EXPECT_THAT(answer_to("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(limits_.max_header_bytes, 'x') + "\r\n\r\n"),
                StartsWith("HTTP/1.1 431 "));
}

TEST_F(MachineTest, takes_a_header_just_within_the_limit) {
    const std::string start = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
    const std::string end = "\r\n\r\n";
    machine_.receive(start + std::string(limits_.max_header_bytes - start.size() - end.size(), 'x') + end);
    EXPECT_TRUE(machine_.take_request());
}

TEST_F(MachineTest, refuses_a_request_line_that_is_too_long) {
    EXPECT_THAT(answer_to("GET /" + std::string(limits_.max_header_bytes, 'x')),
                StartsWith("HTTP/1.1 414 URI Too Long\r\n"));
}

TEST_F(MachineTest, refuses_a_body_that_is_too_large_before_it_comes) {
    EXPECT_THAT(answer_to("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n"),
                StartsWith("HTTP/1.1 413 Content Too Large\r\n"));
}

TEST_F(MachineTest, takes_a_body_just_within_the_limit) {
    machine_.receive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048576\r\n\r\n");
    machine_.receive(std::string(1048576, 'x'));
    EXPECT_EQ(next_request().body.size(), 1048576u);
}

TEST_F(MachineTest, refuses_chunks_that_grow_too_large) {
    machine_.receive("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    std::string answer;
    for (int i = 0; i < 20 && answer.empty(); ++i) answer = answer_to("10000\r\n" + std::string(0x10000, 'x') + "\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 413 "));
}

TEST_F(MachineTest, refuses_a_chunk_extension_without_end) {
    machine_.receive("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;");
    std::string answer;
    for (int i = 0; i < 100 && answer.empty(); ++i) answer = answer_to(std::string(4096, 'x'));
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 431 "));
}

TEST_F(MachineTest, refuses_trailers_without_end) {
    machine_.receive("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n");
    std::string answer;
    for (int i = 0; i < 100 && answer.empty(); ++i) answer = answer_to("X: " + std::string(4096, 'x') + "\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 431 "));
}

}  // namespace
}  // namespace hiratake::http
