#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <optional>

#include "hiratake/base/manual_clock.hpp"
#include "net/connector.hpp"
#include "net/listener.hpp"
#include "stream_test.hpp"

namespace hiratake::net {
namespace {

namespace files = std::filesystem;

/// A TLS server on a clock of the test's own, with certificates in a folder of the test's own.
class TlsCertificates : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = testing::TempDir() + "/certificates-XXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
    }
    void TearDown() override { files::remove_all(folder_); }

    /// Puts one of the tests' certificates there, under another name, as programs that renew them do.
    TlsCertificate install(const std::string& source, const std::string& name) {
        TlsCertificate certificate{{}, (folder_ / (name + ".pem")).string(), (folder_ / (name + "-key.pem")).string()};
        replace(certificate.certificate_file, source + ".pem");
        replace(certificate.key_file, source + "-key.pem");
        return certificate;
    }
    void replace(const std::string& path, const std::string& source) {
        files::copy_file(test_certificates + "/" + source, path + ".new");
        files::rename(path + ".new", path);
    }
    void start(std::vector<TlsCertificate> certificates) {
        ListenOptions options;
        options.tls.emplace().certificates = std::move(certificates);
        listener_.emplace(loop_, options);
        listener_->start([this](std::unique_ptr<ByteStream> stream) { accepted_.push_back(std::move(stream)); });
        loop_.poll();
    }
    void let_it_look() {
        clock_.advance(std::chrono::seconds{10});
        loop_.poll();
    }

    std::unique_ptr<ByteStream> connect(const std::string& server_name) {
        Connector connector(loop_);
        ConnectTarget target{.host = "127.0.0.1", .port = listener_->port(), .tls = TlsClientOptions{}, .socket = {}};
        target.tls->ca_file = test_certificates + "/ca.pem";
        target.tls->verify_host = false;
        target.tls->server_name = server_name;
        std::optional<ConnectResult> outcome;
        connector.async_connect(target, Deadline::never(), [&](ConnectResult result) { outcome = std::move(result); });
        EXPECT_TRUE(loop_.run_until([&] { return outcome.has_value(); }, std::chrono::seconds{20}));
        return std::move(outcome->stream);
    }
    /// The common name in the certificate that a client is shown.
    std::string shown_for(const std::string& server_name) {
        const auto stream = connect(server_name);
        return stream ? stream->peer_certificate_name() : "none";
    }

    RecordedLog log_;
    ManualClock clock_;
    EventLoop loop_{log_.log(), clock_};
    files::path folder_;
    std::optional<Listener> listener_;
    std::vector<std::unique_ptr<ByteStream>> accepted_;
};

TEST_F(TlsCertificates, are_chosen_by_the_name_that_the_client_asks_for) {
    auto first = install("server", "first");
    auto second = install("elsewhere", "second");
    second.server_names = {"Shop.example", "*.shop.example"};
    start({first, second});
    EXPECT_EQ(shown_for("shop.example"), "elsewhere.example");
    EXPECT_EQ(shown_for("WWW.shop.example"), "elsewhere.example");
    EXPECT_EQ(shown_for("127.0.0.1"), "localhost") << "no name is sent for an address";
    EXPECT_EQ(shown_for("other.example"), "localhost");
    EXPECT_EQ(shown_for("a.b.shop.example"), "localhost") << "a star is one label";
}

TEST_F(TlsCertificates, a_name_goes_before_a_star) {
    auto star = install("server", "star");
    star.server_names = {"*.shop.example"};
    auto named = install("elsewhere", "named");
    named.server_names = {"www.shop.example"};
    start({star, named});
    EXPECT_EQ(shown_for("www.shop.example"), "elsewhere.example");
    EXPECT_EQ(shown_for("api.shop.example"), "localhost");
}

TEST_F(TlsCertificates, are_loaded_again_when_they_change) {
    start({install("server", "first")});
    const auto before = connect("localhost");
    install("elsewhere", "first");
    EXPECT_EQ(shown_for("localhost"), "localhost") << "the files are looked at every ten seconds";
    let_it_look();
    EXPECT_EQ(shown_for("localhost"), "elsewhere.example");
    EXPECT_TRUE(log_.contains("first.pem' has changed and was loaded again"));

    Collector at_client(*before);
    accepted_.front()->async_write("still here", [](ErrorCode) {});
    EXPECT_TRUE(loop_.run_until([&] { return at_client.bytes == "still here"; }, std::chrono::seconds{20}));
    loop_.poll();
    listener_.reset();
    accepted_.clear();
    loop_.run_until([&] { return bool{at_client.error}; }, std::chrono::seconds{20});
}

TEST_F(TlsCertificates, that_cannot_be_used_leave_the_old_ones_in_service) {
    const auto certificate = install("server", "first");
    auto second = install("server", "second");
    second.server_names = {"second.example"};
    start({certificate, second});
    replace(certificate.certificate_file, "elsewhere.pem");
    install("elsewhere", "second");
    let_it_look();
    let_it_look();
    EXPECT_EQ(shown_for("localhost"), "localhost");
    EXPECT_EQ(shown_for("second.example"), "elsewhere.example") << "the other certificate is not held up";
    int complaints = 0;
    for (const auto& line : log_.lines()) complaints += line.find("first-key.pem': it does not belong") != line.npos;
    EXPECT_EQ(complaints, 1) << "one change, one error";

    replace(certificate.key_file, "elsewhere-key.pem");
    let_it_look();
    EXPECT_EQ(shown_for("localhost"), "elsewhere.example");
    files::remove(certificate.key_file);
    let_it_look();
    EXPECT_TRUE(log_.contains("first-key.pem': No such file"));
    EXPECT_EQ(shown_for("localhost"), "elsewhere.example");
}

}  // namespace
}  // namespace hiratake::net
