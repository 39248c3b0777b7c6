#pragma once

#include <memory>
#include <string>
#include <vector>

#include "loop_fixture.hpp"
#include "net/byte_stream.hpp"
#include "net/tls_options.hpp"

namespace hiratake::net {

inline const std::string test_certificates = HIRATAKE_TEST_CERTIFICATES;

/// A server with one certificate of the folder: "server", "elsewhere".
inline TlsServerOptions test_certificate(const std::string& name) {
    TlsServerOptions options;
    const auto path = test_certificates + "/" + name;
    options.certificates.push_back({{}, path + ".pem", path + "-key.pem"});
    return options;
}

/// Two ends of one connection, whatever it is made of.
struct StreamPair {
    std::unique_ptr<ByteStream> client;
    std::unique_ptr<ByteStream> server;
};

/// Reads a stream to its end, one operation after the other.
class Collector {
  public:
    explicit Collector(ByteStream& stream) : stream_(stream) { read(); }

    std::string bytes;
    ErrorCode error;

  private:
    void read() {
        stream_.async_read_some(buffer_, [this](ErrorCode outcome, std::size_t length) {
            bytes.append(buffer_.data(), length);
            if (outcome) {
                error = outcome;
            } else {
                read();
            }
        });
    }

    ByteStream& stream_;
    std::vector<char> buffer_ = std::vector<char>(4096);
};

}  // namespace hiratake::net
