#pragma once

#include <boost/asio/ssl/context.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/base/log.hpp"
#include "net/file_stamp.hpp"
#include "net/tls_options.hpp"

namespace hiratake::net {

/// The certificates of one TLS server: shows each client the one for the name that it asks for, and follows their
/// files. All functions, and the handshakes, are for one thread.
class TlsServerContexts {
  public:
    /// Throws ConfigurationError, naming the file, for one that cannot be used.
    explicit TlsServerContexts(TlsServerOptions options);
    TlsServerContexts(const TlsServerContexts&) = delete;
    TlsServerContexts& operator=(const TlsServerContexts&) = delete;

    /// For the next handshake, until whose end this object must live; a connection does not need it after that.
    boost::asio::ssl::context& context() { return entries_.front().context; }
    /// Loads what has changed since it was last tried. Connections keep what they have; a pair that cannot be used
    /// leaves the old one in service, with one error in the log.
    void reload_changed(const Logger& logger);

    const TlsServerOptions& options() const { return options_; }

  private:
    struct Entry {
        const TlsCertificate& certificate;
        /// Of the files when they were last loaded, or tried.
        std::vector<FileStamp> stamps;
        boost::asio::ssl::context context;
    };

    std::vector<FileStamp> stamps_of(const TlsCertificate& certificate) const;
    boost::asio::ssl::context make_context(const TlsCertificate& certificate);
    Entry* find(std::string_view server_name);

    TlsServerOptions options_;
    /// The application protocols as RFC 7301 section 3.1 writes them.
    std::string protocol_list_;
    std::vector<Entry> entries_;
};

}  // namespace hiratake::net
