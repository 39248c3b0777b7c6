#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "amqp/content_assembler.hpp"
#include "amqp/dispatch.hpp"
#include "amqp/frame_reader.hpp"
#include "amqp/frame_writer.hpp"
#include "amqp/print.hpp"
#include "unit/amqp/hex.hpp"

// Streams that other implementations sent: captures/*.hex says who and how, captures/*.txt what they mean.

namespace hiratake::amqp {
namespace {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file{path};
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string read_capture(const std::string& name) {
    std::istringstream text{read_file(std::filesystem::path(HIRATAKE_CAPTURES) / (name + ".hex"))};
    std::string octets;
    for (std::string line; std::getline(text, line);) {
        if (!line.starts_with('#')) octets += from_hex(line);
    }
    return octets;
}

/// Writes again each method that it is handed.
struct Rewriter {
    ByteBuffer encoded;
    bool begins_content = false;
    template <class Method>
    void on(const Method& method) {
        encode_method(encoded, method);
        begins_content = requires {
            Method::carries_content;
        };
    }
};

/// What we write must be what they sent. Two things differ knowingly: we write signed 64-bit integers as `l`, some
/// others as `L`; and clients set a bit of connection.open that the protocol has since reserved.
void expect_same(std::string theirs, std::string_view ours, const std::string& what) {
    ASSERT_EQ(theirs.size(), ours.size()) << what;
    if (peek_method_id(theirs) == ConnectionOpen::id) theirs.back() = '\0';
    for (std::size_t i = 0; i < ours.size(); ++i) {
        if (theirs[i] == 'L' && ours[i] == 'l') theirs[i] = 'l';
    }
    EXPECT_EQ(to_hex(theirs), to_hex(ours)) << what;
}

class Captures : public testing::TestWithParam<const char*> {
  protected:
    bool from_client() const { return std::string_view(GetParam()).ends_with("client"); }
};

TEST_P(Captures, mean_what_was_sent) {
    FrameReader reader{default_frame_max};
    reader.feed(read_capture(GetParam()));
    if (from_client()) {
        EXPECT_EQ(reader.take(8), protocol_header);
    }
    std::string lines;
    for (Frame frame; reader.next(frame) == FrameStatus::frame;) lines += to_text(frame) + "\n";
    EXPECT_EQ(reader.error().code, FrameErrorCode::none) << to_text(reader.error());
    EXPECT_EQ(reader.buffered(), 0U);
    EXPECT_EQ(lines, read_file(std::filesystem::path(HIRATAKE_CAPTURES) / (std::string(GetParam()) + ".txt")));
}

TEST_P(Captures, are_written_by_us_octet_for_octet) {
    const std::string capture = read_capture(GetParam());
    FrameReader reader{default_frame_max};
    reader.feed(capture);
    if (from_client()) reader.take(8);
    int contents = 0;
    ContentAssembler assembler{1U << 20U};
    for (Frame frame; reader.next(frame) == FrameStatus::frame;) {
        if (frame.type == FrameType::heartbeat) continue;
        if (!assembler.idle()) {
            const ContentStatus status = assembler.add(frame);
            ASSERT_NE(status, ContentStatus::error) << to_text(assembler.error());
            if (status != ContentStatus::complete) continue;
            ++contents;
            Properties properties;
            ASSERT_EQ(decode_properties(assembler.content().properties, properties), DecodeError::none);
            ByteBuffer encoded;
            encode_properties(encoded, properties, Letters::exact);
            expect_same(std::string(assembler.content().properties), encoded, to_text(properties));
            continue;
        }
        ASSERT_EQ(frame.type, FrameType::method);
        Rewriter rewriter;
        const DecodeError error =
            from_client() ? dispatch_to_server(frame.payload, rewriter) : dispatch_to_client(frame.payload, rewriter);
        ASSERT_EQ(error, DecodeError::none) << to_text(frame);
        expect_same(std::string(frame.payload), rewriter.encoded, to_text(frame));
        if (rewriter.begins_content) assembler.begin(*peek_method_id(frame.payload));
    }
    EXPECT_TRUE(assembler.idle());
    EXPECT_GT(contents, 0);
}

INSTANTIATE_TEST_SUITE_P(Recorded, Captures,
                         testing::Values("rabbitmq-c-client", "rabbitmq-c-server", "pika-client", "pika-server",
                                         "py-amqp-client", "py-amqp-server"),
                         [](const auto& test) {
                             std::string name = test.param;
                             for (char& character : name) character = character == '-' ? '_' : character;
                             return name;
                         });

}  // namespace
}  // namespace hiratake::amqp
