#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "hiratake/base/manual_clock.hpp"
#include "http/connection.hpp"
#include "http/gzip_body.hpp"
#include "http/upload_content.hpp"
#include "machine_fixture.hpp"
#include "net/event_loop.hpp"
#include "net/memory_stream.hpp"

namespace hiratake::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string post(const std::string& body, const std::string& headers = "") {
    return "POST /a HTTP/1.1\r\nHost: a\r\n" + headers + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           body;
}

std::string gzip_post(const std::string& body) {
    return post(body, "Content-Encoding: gzip\r\n");
}

class GzipRequest : public MachineTest {};

TEST_F(GzipRequest, is_decoded) {
    machine_.receive(gzip_post(gzip("hello, ") + gzip("world")));
    const auto request = next_request();
    EXPECT_EQ(request.body, "hello, world") << "of two members, one behind the other";
    EXPECT_FALSE(request.headers.contains("Content-Encoding"));
}

TEST_F(GzipRequest, is_decoded_wherever_it_is_cut) {
    const auto bytes = gzip_post(gzip("hello, world"));
    for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
        machine_.receive(bytes.substr(0, cut));
        machine_.receive(bytes.substr(cut));
        EXPECT_EQ(next_request().body, "hello, world") << cut;
        machine_.respond({});
        output();
    }
}

TEST_F(GzipRequest, goes_by_its_old_name_and_in_chunks) {
    const auto body = gzip("x");
    EXPECT_LT(body.size(), 0x20u);
    machine_.receive("POST /a HTTP/1.1\r\nHost: a\r\nContent-Encoding: X-GZIP\r\nTransfer-Encoding: chunked\r\n\r\n");
    machine_.receive("1" + std::string(1, static_cast<char>('0' + body.size() - 0x10)) + "\r\n" + body +
                     "\r\n0\r\n\r\n");
    EXPECT_EQ(next_request().body, "x");
}

TEST_F(GzipRequest, that_stands_for_too_much_is_refused_before_it_is_all_there) {
    const auto bomb = gzip(std::string(20 << 20, '\0'));
    ASSERT_LT(bomb.size(), limits_.max_body_bytes);
    EXPECT_THAT(answer_to(gzip_post(bomb)), StartsWith("HTTP/1.1 413 "));
}

TEST_F(GzipRequest, may_stand_for_just_as_much_as_a_body_may_have) {
    limits_.max_body_bytes = 1000;
    machine_.receive(gzip_post(gzip(std::string(1000, 'x'))));
    EXPECT_EQ(next_request().body.size(), 1000u);
    machine_.respond({});
    output();
    EXPECT_THAT(answer_to(gzip_post(gzip(std::string(1001, 'x')))), StartsWith("HTTP/1.1 413 "));
}

TEST_F(GzipRequest, that_is_none_is_refused) {
    EXPECT_THAT(answer_to(gzip_post("hello, world")), AllOf(StartsWith("HTTP/1.1 400 "), HasSubstr("not in gzip")));
}

TEST_F(GzipRequest, that_ends_too_early_is_refused) {
    const auto body = gzip("hello");
    EXPECT_THAT(answer_to(gzip_post(body.substr(0, body.size() - 1))),
                AllOf(StartsWith("HTTP/1.1 400 "), HasSubstr("in the middle of its gzip")));
}

TEST_F(GzipRequest, other_codings_are_left_to_the_server) {
    machine_.receive(post("x", "Content-Encoding: br\r\n") + post("y", "Content-Encoding: identity\r\n"));
    EXPECT_TRUE(next_request().headers.contains("Content-Encoding"));
    machine_.respond({});
    output();
    EXPECT_FALSE(next_request().headers.contains("Content-Encoding"));
}

/// A connection whose handler takes bodies as files, and where these may be up to 100,000 bytes.
class StoredBody : public testing::Test {
  protected:
    StoredBody() {
        std::string pattern = testing::TempDir() + "hiratake-bodies-XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
        form_limits_.upload_folder = folder_.string();
        form_limits_.max_upload_memory_bytes = 1000;
        limits_.max_body_bytes = 10;
        limits_.body_rules = [this](const Request& header) {
            EXPECT_EQ(header.path, "/a");
            return BodyRules{100'000, std::make_shared<UploadContent>(form_limits_)};
        };
        auto [client, server] = net::make_memory_stream_pair(loop_, loop_, 1 << 20);
        client_ = std::move(client);
        connection_ = std::make_shared<Connection>(std::move(server), limits_, handler_, observer_, [] {});
        connection_->start();
        read();
    }
    ~StoredBody() override {
        client_.reset();
        connection_->close();
        loop_.poll();
        std::filesystem::remove_all(folder_);
    }

    void read() {
        client_->async_read_some(buffer_, [this](net::ErrorCode error, std::size_t length) {
            answer_.append(buffer_.data(), length);
            if (!error) read();
        });
    }
    std::string answer_to(const std::string& bytes) {
        client_->async_write(bytes, [](net::ErrorCode) {});
        loop_.poll();
        return std::exchange(answer_, {});
    }
    /// Beyond this, the disk is full for this process.
    static void let_files_grow_to(rlim_t bytes) {
        rlimit limit{};
        ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &limit), 0);
        limit.rlim_cur = bytes;
        ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
    }

    std::vector<std::string> log_lines_;
    Log log_{LogLevel::info, [this](const LogRecord& record) { log_lines_.emplace_back(record.message); }};
    ManualClock clock_;
    net::EventLoop loop_{log_, clock_};
    std::filesystem::path folder_;
    FormLimits form_limits_;
    Limits limits_;
    std::vector<Request> requests_;
    Connection::Handler handler_ = [this](Request request, Responder responder) {
        requests_.push_back(std::move(request));
        responder(Response::text("taken"));
    };
    Connection::Observer observer_ = [](const Exchange&) {};
    std::unique_ptr<net::ByteStream> client_;
    std::shared_ptr<Connection> connection_;
    std::array<char, 4096> buffer_{};
    std::string answer_;
};

TEST_F(StoredBody, is_kept_on_disk_when_it_is_large) {
    const std::string small(1000, 's');
    const std::string large(50'000, 'l');
    for (const auto& body : {small, large, std::string()}) {
        EXPECT_THAT(answer_to(post(body)), HasSubstr("taken"));
        ASSERT_TRUE(requests_.back().stored_body);
        EXPECT_EQ(requests_.back().body, "");
        EXPECT_EQ(requests_.back().stored_body->read(0, 100'000), body);
        EXPECT_EQ(requests_.back().stored_body->is_in_memory(), body.size() <= 1000);
    }
    EXPECT_THAT(answer_to(gzip_post(gzip(large))), HasSubstr("taken"));
    EXPECT_EQ(requests_.back().stored_body->read(0, 100'000), large);
}

TEST_F(StoredBody, has_the_bound_of_its_route) {
    EXPECT_THAT(answer_to(post(std::string(100'001, 'x'))), StartsWith("HTTP/1.1 413 "));
    EXPECT_EQ(requests_.size(), 0u);
}

TEST_F(StoredBody, that_has_no_folder_to_go_to_is_refused) {
    std::filesystem::remove_all(folder_);
    EXPECT_THAT(answer_to(post(std::string(5000, 'x'))), StartsWith("HTTP/1.1 500 "));
    EXPECT_EQ(requests_.size(), 0u);
    ASSERT_EQ(log_lines_.size(), 1u);
    EXPECT_THAT(log_lines_[0], AllOf(StartsWith("The body of a request is lost: cannot make a temporary file in"),
                                     HasSubstr(folder_.string()), HasSubstr("No such file")));
}

TEST_F(StoredBody, that_the_disk_has_no_room_for_is_refused) {
    auto* const before = std::signal(SIGXFSZ, SIG_IGN);
    let_files_grow_to(20'000);
    const auto answer = answer_to(post(std::string(50'000, 'x')));
    let_files_grow_to(RLIM_INFINITY);
    std::signal(SIGXFSZ, before);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 507 Insufficient Storage\r\n"));
    EXPECT_EQ(requests_.size(), 0u);
    ASSERT_EQ(log_lines_.size(), 1u);
    EXPECT_THAT(log_lines_[0], StartsWith("The body of a request is lost: cannot write to " + folder_.string()));
}

}  // namespace
}  // namespace hiratake::http
