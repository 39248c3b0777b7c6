// The same bytes mean the same, however they are cut: whole or in small pieces, well-formed or spoilt at random.
#include <algorithm>
#include <random>

#include "hiratake/base/manual_clock.hpp"
#include "http/connection_machine.hpp"
#include "machine_fixture.hpp"

namespace hiratake::http {
namespace {

const std::vector<std::string> pieces = {
    "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
    "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
    "3\r\nabc\r\n",
    "a;x=\"y\"\r\n0123456789\r\n",
    "0\r\n\r\n",
    "0\r\nX: y\r\n\r\n",
    "HEAD /h HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    "GET http://h/p?q=%41 HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
    "Content-Length: 3\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Host: b\r\n",
    "\r\n",
    "\n",
    ":",
    " ",
    "f",
};

class SplittingTest : public testing::Test {
  protected:
    std::size_t random_below(std::size_t bound) { return static_cast<std::size_t>(random_()) % bound; }

    std::string random_input() {
        std::string input;
        for (std::size_t count = 1 + random_below(6); count > 0; --count) input += pieces[random_below(pieces.size())];
        for (std::size_t count = random_below(4); count > 0; --count) {
            const auto place = random_below(input.size());
            switch (random_below(3)) {
                case 0: input[place] = static_cast<char>(random_()); break;
                case 1: input.erase(place, std::min<std::size_t>(1 + random_below(4), input.size() - 1)); break;
                case 2: input.insert(place, pieces[random_below(pieces.size())]); break;
            }
        }
        // What is malformed is refused when its header is complete, at the latest.
        return input + "\r\n\r\n\r\n\r\n";
    }

    /// The requests that get through, then the status lines.
    /// @param longest_piece 0: all at once
    std::vector<std::string> outcome(const std::string& input, std::size_t longest_piece) {
        ConnectionMachine machine(limits_, clock_);
        std::vector<std::string> requests;
        std::string output;
        for (std::size_t at = 0; at < input.size();) {
            const auto piece = longest_piece == 0 ? input.size() : 1 + random_below(longest_piece);
            const auto length = std::min(piece, input.size() - at);
            machine.receive(std::string_view(input).substr(at, length));
            at += length;
            while (auto request = machine.take_request()) {
                requests.push_back(request->method + " " + request->target + " " + request->body);
                machine.respond({});
            }
            output += machine.take_output();
            machine.output_written();
        }
        for (std::size_t at = 0; (at = output.find("HTTP/1.1 ", at)) != std::string::npos; ++at) {
            requests.push_back(output.substr(at, 12));
        }
        return requests;
    }

    Limits limits_;
    ManualClock clock_;
    std::mt19937 random_{20261123};
};

TEST_F(SplittingTest, makes_no_difference) {
    std::size_t requests = 0;
    for (int round = 0; round < 2000; ++round) {
        const auto input = random_input();
        const auto whole = outcome(input, 0);
        EXPECT_EQ(outcome(input, 7), whole) << testing::PrintToString(input);
        requests += whole.size();
    }
    EXPECT_GT(requests, 1000u) << "the inputs are too spoilt to be of use";
}

}  // namespace
}  // namespace hiratake::http
