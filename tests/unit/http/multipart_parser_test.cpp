#include "http/multipart_parser.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace hiratake::http {
namespace {

/// Writes down what the parser finds: "name[filename,type]=data;".
class Record final : public MultipartParser::Sink {
  public:
    void begin_part(FormPart part) override {
        text += part.name;
        if (part.filename) text += "[" + *part.filename + "," + part.content_type + "]";
        text += "=";
    }
    void part_data(std::string_view bytes) override { text += bytes; }
    void end_part() override { text += ";"; }

    std::string text;
};

class MultipartParserTest : public testing::Test {
  protected:
    /// What is found in a body that arrives in pieces of this size; the failure's text when there is one.
    std::string parse(std::string_view body, std::size_t piece = 1000000) {
        MultipartParser parser("XX", limits_);
        Record record;
        for (; !body.empty(); body.remove_prefix(std::min(piece, body.size()))) {
            parser.feed(body.substr(0, piece), record);
        }
        const auto& failure = parser.finish();
        status_ = failure ? failure->status : 0;
        return failure ? failure->detail : record.text;
    }
    static std::string part(const std::string& header, const std::string& data) {
        return "--XX\r\n" + header + "\r\n\r\n" + data + "\r\n";
    }
    static std::string field(const std::string& name, const std::string& data) {
        return part("Content-Disposition: form-data; name=\"" + name + "\"", data);
    }

    FormLimits limits_;
    int status_ = 0;
};

TEST_F(MultipartParserTest, finds_fields_and_files_however_the_body_arrives) {
    const auto body =
        "to be ignored\r\n" + field("title", "A\r\n--XY\r\ncat") + field("empty", "") +
        part("content-disposition: Form-Data; filename=\"cat.png\"; name=photo\r\nContent-Type: image/png",
             std::string("\0\r\n\r\n--X", 9)) +
        "--XX--\r\nepilogue";
    const auto expected =
        "title=A\r\n--XY\r\ncat;empty=;photo[cat.png,image/png]=" + std::string("\0\r\n\r\n--X", 9) + ";";
    for (const std::size_t piece : {1u, 2u, 3u, 5u, 7u, 64u, 100000u}) {
        EXPECT_EQ(parse(body, piece), expected) << "in pieces of " << piece;
    }
}

TEST_F(MultipartParserTest, takes_names_of_files_without_their_folders) {
    const auto name_of = [&](const std::string& filename) {
        return parse(part("Content-Disposition: form-data; name=\"f\"; filename=" + filename, "") + "--XX--");
    };
    EXPECT_EQ(name_of(R"("../../etc/passwd")"), "f[passwd,]=;");
    EXPECT_EQ(name_of(R"("C:\photos\cat.png")"), "f[cat.png,]=;");
    EXPECT_EQ(name_of(R"("..")"), "f[,]=;");
    EXPECT_EQ(name_of(R"("a \"b\"; c.txt")"), "f[a \"b\"; c.txt,]=;");
    EXPECT_EQ(name_of(R"("")"), "f[,]=;");
}

TEST_F(MultipartParserTest, refuses_what_is_malformed) {
    EXPECT_EQ(parse("no boundary at all"), "the form ends before its last boundary");
    EXPECT_EQ(parse(field("a", "1")), "the form ends before its last boundary");
    EXPECT_EQ(parse("--XXmore\r\n"), "a line with a boundary of the form has something else in it");
    const std::string bad_header =
        "the header of part 1 is malformed; it needs Content-Disposition: form-data with a name";
    EXPECT_EQ(parse(part("Content-Type: text/plain", "1")), bad_header);
    EXPECT_EQ(parse(part("Content-Disposition: form-data", "1")), bad_header);
    EXPECT_EQ(parse(part("Content-Disposition: attachment; name=a", "1")), bad_header);
    EXPECT_EQ(parse(part("Content-Disposition: form-data; name=a; name=b", "1")), bad_header);
    EXPECT_EQ(parse(part("Content-Disposition: form-data; name=\"a", "1")), bad_header);
    EXPECT_EQ(parse(part("Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b", "1")),
              bad_header);
    EXPECT_EQ(parse(part("Content-Disposition : form-data; name=a", "1")), bad_header);
    EXPECT_EQ(parse(part("Content-Disposition: form-data; name=a\r\n folded", "1")), bad_header);
    EXPECT_EQ(status_, 400);
}

TEST_F(MultipartParserTest, keeps_within_its_limits) {
    limits_.max_parts = 2;
    EXPECT_EQ(parse(field("a", "") + field("b", "") + "--XX--"), "a=;b=;");
    EXPECT_EQ(parse(field("a", "") + field("b", "") + field("c", "") + "--XX--"), "the form has more than 2 parts");
    EXPECT_EQ(status_, 413);
    limits_.max_part_header_bytes = 60;
    EXPECT_EQ(parse(field(std::string(30, 'n'), "1"), 1), "the header of part 1 is larger than 60 bytes");
    EXPECT_EQ(parse("--XX" + std::string(100, ' '), 1), "a line with a boundary is too long");
}

TEST_F(MultipartParserTest, finds_the_boundary_in_the_content_type) {
    EXPECT_EQ(boundary_of("multipart/form-data; boundary=abc"), "abc");
    EXPECT_EQ(boundary_of("multipart/form-data; charset=utf-8; Boundary=\"a b\""), "a b");
    EXPECT_EQ(boundary_of("multipart/form-data"), std::nullopt);
    EXPECT_EQ(boundary_of("multipart/form-data; boundary="), std::nullopt);
    EXPECT_EQ(boundary_of("multipart/form-data; boundary=a; boundary=b"), std::nullopt);
    EXPECT_EQ(boundary_of("multipart/form-data; boundary=\"a\r\nb\""), std::nullopt);
    EXPECT_EQ(boundary_of("multipart/form-data; boundary=" + std::string(71, 'a')), std::nullopt);
}

}  // namespace
}  // namespace hiratake::http
