// Files, and what conditional and range requests make of them and of other responses.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "hiratake/base/error.hpp"
#include "hiratake/http/http_error.hpp"
#include "hiratake/http/response.hpp"
#include "http/body_source.hpp"
#include "http/http_date.hpp"
#include "http/request_conditions.hpp"

namespace hiratake::http {
namespace {

using std::chrono::seconds;

std::string read_all(const Response& response, std::size_t piece = 4) {
    if (!response.streamed_body) return response.body;
    std::string bytes;
    while (response.streamed_body->read(bytes, piece) == BodySource::State::more) {
    }
    return bytes;
}

class FileResponseTest : public testing::Test {
  protected:
    FileResponseTest() {
        std::string pattern = (std::filesystem::temp_directory_path() / "hiratake-files-XXXXXX").string();
        root_ = ::mkdtemp(pattern.data());
        write("secret.txt", "the secret");
        std::filesystem::create_directories(root_ + "/public/sub");
        write("public/a.txt", "0123456789");
        write("public/sub/page.HTML", "<p>");
        write("public/unknown", "");
    }
    ~FileResponseTest() override { std::filesystem::remove_all(root_); }

    void write(const std::string& name, const std::string& text) const { std::ofstream(root_ + "/" + name) << text; }
    Response below(std::string_view name) const { return Response::file_below(root_ + "/public", name); }
    Response a() const { return Response::file(root_ + "/public/a.txt"); }

    /// The file a.txt as it answers a request with these headers.
    Response a_for(const Headers& headers, const std::string& method = "GET") const {
        Request request;
        request.method = method;
        request.headers = headers;
        auto response = a();
        if (const auto conditions = RequestConditions::of(request)) conditions->apply(response);
        return response;
    }
    static int status_of(const std::function<void()>& open) {
        try {
            open();
        } catch (const HttpError& error) {
            return error.status();
        }
        return 200;
    }

    std::string root_;
};

TEST_F(FileResponseTest, reads_a_file_as_it_is_sent) {
    const auto response = a();
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(*response.headers.find("Content-Type"), "text/plain; charset=utf-8");
    EXPECT_TRUE(parse_http_date(*response.headers.find("Last-Modified")));
    EXPECT_THAT(*response.headers.find("ETag"), testing::MatchesRegex("\".+\""));
    EXPECT_EQ(response.streamed_body->length(), 10u);
    EXPECT_EQ(read_all(response), "0123456789");
    EXPECT_EQ(*below("sub/page.HTML").headers.find("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(*below("unknown").headers.find("Content-Type"), "application/octet-stream");
    EXPECT_EQ(read_all(below("unknown")), "");
}

TEST_F(FileResponseTest, has_another_tag_after_a_change) {
    const auto before = *a().headers.find("ETag");
    EXPECT_EQ(*a().headers.find("ETag"), before);
    write("public/a.txt", "01234567890");
    EXPECT_NE(*a().headers.find("ETag"), before);
}

TEST_F(FileResponseTest, breaks_off_when_the_file_becomes_shorter) {
    const auto response = a();
    std::filesystem::resize_file(root_ + "/public/a.txt", 5);
    std::string bytes;
    EXPECT_EQ(response.streamed_body->read(bytes, 100), BodySource::State::more);
    EXPECT_EQ(response.streamed_body->read(bytes, 100), BodySource::State::failed);
    EXPECT_EQ(bytes, "01234");
}

TEST_F(FileResponseTest, answers_404_for_what_is_no_file) {
    EXPECT_EQ(status_of([&] { Response::file(root_ + "/none"); }), 404);
    EXPECT_EQ(status_of([&] { Response::file(root_ + "/public"); }), 404);
    ASSERT_EQ(::mkfifo((root_ + "/public/pipe").c_str(), 0600), 0);
    EXPECT_EQ(status_of([&] { below("pipe"); }), 404) << "nor does it wait for a writer";
    EXPECT_THROW(Response::file_below(root_ + "/none", "a.txt"), Error);
}

TEST_F(FileResponseTest, never_leaves_its_folder) {
    std::filesystem::create_symlink(root_ + "/secret.txt", root_ + "/public/link.txt");
    std::filesystem::create_directory_symlink(root_, root_ + "/public/up");
    std::filesystem::create_symlink("a.txt", root_ + "/public/inner.txt");
    for (const std::string path :
         {"../secret.txt", "sub/../../secret.txt", "sub/../a.txt", "..", ".", "", "/etc/passwd", "//etc/passwd",
          "./a.txt", "sub//page.HTML", "link.txt", "up/secret.txt", "inner.txt", "a.txt/", "a.txt/b", "sub"}) {
        EXPECT_EQ(status_of([&] { below(path); }), 404) << path;
    }
    EXPECT_EQ(status_of([&] { below(std::string_view("a.txt\0.png", 10)); }), 404);
    EXPECT_EQ(status_of([&] { below("a.txt"); }), 200);
}

TEST_F(FileResponseTest, is_not_sent_again_to_one_who_has_it) {
    const auto tag = *a().headers.find("ETag");
    const auto modified = *a().headers.find("Last-Modified");
    for (const Headers& headers :
         {Headers{{"If-None-Match", tag}}, Headers{{"If-None-Match", "\"x,y\", W/" + tag}},
          Headers{{"If-None-Match", "*"}}, Headers{{"If-Modified-Since", modified}},
          Headers{{"If-Modified-Since", http_date(*parse_http_date(modified) + seconds{1})}},
          Headers{{"If-None-Match", tag}, {"If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"}}}) {
        const auto response = a_for(headers);
        EXPECT_EQ(response.status, 304) << headers.begin()->value;
        EXPECT_EQ(*response.headers.find("ETag"), tag);
        EXPECT_FALSE(response.streamed_body);
        EXPECT_FALSE(response.headers.contains("Content-Type"));
    }
    EXPECT_EQ(a_for({{"If-None-Match", tag}}, "HEAD").status, 304);
}

TEST_F(FileResponseTest, is_sent_to_one_who_has_another) {
    const auto modified = *a().headers.find("Last-Modified");
    for (const Headers& headers :
         {Headers{{"If-None-Match", "\"other\""}}, Headers{{"If-None-Match", "nonsense"}},
          Headers{{"If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"}}, Headers{{"If-Modified-Since", "yesterday"}},
          Headers{{"If-None-Match", "\"other\""}, {"If-Modified-Since", modified}}}) {
        EXPECT_EQ(a_for(headers).status, 200) << headers.begin()->value;
    }
    EXPECT_EQ(a_for({{"If-None-Match", "*"}}, "POST").status, 200) << "what that means is the handler's business";
}

TEST_F(FileResponseTest, is_refused_to_one_who_asks_for_another) {
    const auto tag = *a().headers.find("ETag");
    EXPECT_EQ(a_for({{"If-Match", tag}}).status, 200);
    EXPECT_EQ(a_for({{"If-Match", "*"}}).status, 200);
    EXPECT_EQ(a_for({{"If-Match", "W/" + tag}}).status, 412);
    EXPECT_EQ(a_for({{"If-Match", "\"other\""}}).status, 412);
    EXPECT_EQ(a_for({{"If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"}}).status, 412);
    EXPECT_EQ(a_for({{"If-Unmodified-Since", *a().headers.find("Last-Modified")}}).status, 200);
    const auto refused = a_for({{"If-Match", "\"other\""}});
    EXPECT_EQ(*refused.headers.find("Content-Type"), "application/problem+json");
    EXPECT_FALSE(refused.streamed_body);
}

struct RangeCase {
    const char* range;
    int status;
    const char* content_range;
    const char* body;
};

TEST_F(FileResponseTest, sends_a_range) {
    const RangeCase cases[] = {
        {"bytes=0-3", 206, "bytes 0-3/10", "0123"},
        {"bytes=5-", 206, "bytes 5-9/10", "56789"},
        {"Bytes=-3", 206, "bytes 7-9/10", "789"},
        {"bytes=8-99999999999999999999", 206, "bytes 8-9/10", "89"},
        {"bytes=-99", 206, "bytes 0-9/10", "0123456789"},
        {"bytes=9-9", 206, "bytes 9-9/10", "9"},
        {"bytes=10-", 416, "bytes */10", nullptr},
        {"bytes=-0", 416, "bytes */10", nullptr},
        {"bytes=99999999999999999999-", 416, "bytes */10", nullptr},
        {"bytes=3-2", 200, nullptr, "0123456789"},
        {"bytes=0-1,4-5", 200, nullptr, "0123456789"},
        {"lines=0-1", 200, nullptr, "0123456789"},
        {"bytes=-", 200, nullptr, "0123456789"},
        {"bytes=a-b", 200, nullptr, "0123456789"},
    };
    for (const auto& each : cases) {
        const auto response = a_for({{"Range", each.range}});
        EXPECT_EQ(response.status, each.status) << each.range;
        const auto* content_range = response.headers.find("Content-Range");
        ASSERT_EQ(content_range != nullptr, each.content_range != nullptr) << each.range;
        if (content_range) {
            EXPECT_EQ(*content_range, each.content_range);
        }
        if (each.body) {
            EXPECT_EQ(read_all(response), each.body) << each.range;
        }
    }
    EXPECT_EQ(a_for({{"Range", "bytes=0-3"}}, "HEAD").status, 200) << "a range is of GET alone";
}

TEST_F(FileResponseTest, sends_a_range_only_of_what_the_client_has_begun_with) {
    const auto tag = *a().headers.find("ETag");
    const auto modified = *a().headers.find("Last-Modified");
    EXPECT_EQ(a_for({{"Range", "bytes=0-3"}, {"If-Range", tag}}).status, 206);
    EXPECT_EQ(a_for({{"Range", "bytes=0-3"}, {"If-Range", modified}}).status, 206);
    EXPECT_EQ(a_for({{"Range", "bytes=0-3"}, {"If-Range", "W/" + tag}}).status, 200);
    EXPECT_EQ(a_for({{"Range", "bytes=0-3"}, {"If-Range", "\"other\""}}).status, 200);
    EXPECT_EQ(a_for({{"Range", "bytes=0-3"}, {"If-Range", "Sun, 06 Nov 1994 08:49:37 GMT"}}).status, 200);
}

TEST(RequestConditions, hold_for_every_response_that_says_what_it_is) {
    Request request;
    request.method = "GET";
    EXPECT_FALSE(RequestConditions::of(request));
    request.headers = {{"If-None-Match", "\"1\""}, {"Range", "bytes=1-2"}};
    const auto conditions = RequestConditions::of(request);
    auto known = Response::text("hello");
    known.headers.set("ETag", "\"1\"");
    conditions->apply(known);
    EXPECT_EQ(known.status, 304);
    EXPECT_EQ(known.body, "");
    auto other = Response::text("hello");
    conditions->apply(other);
    EXPECT_EQ(other.status, 200) << "it has said neither its tag nor that it takes ranges";
    auto ranged = Response::text("hello");
    ranged.headers.set("Accept-Ranges", "bytes");
    conditions->apply(ranged);
    EXPECT_EQ(ranged.status, 206);
    EXPECT_EQ(ranged.body, "el");
    auto error = Response::text("no", 404);
    error.headers.set("ETag", "\"1\"");
    conditions->apply(error);
    EXPECT_EQ(error.status, 404);
}

TEST(HttpDate, is_read_in_all_three_forms) {
    const WallTime time{seconds{784111777}};
    EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), time);
    EXPECT_EQ(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT"), time);
    EXPECT_EQ(parse_http_date("Sun Nov  6 08:49:37 1994"), time);
    for (const auto* text : {"", "yesterday", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 GMT+1",
                             "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Xyz 1994 08:49:37 GMT",
                             "Sun, 06 Nov 1994 28:49:37 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"}) {
        EXPECT_FALSE(parse_http_date(text)) << text;
    }
}

}  // namespace
}  // namespace hiratake::http
