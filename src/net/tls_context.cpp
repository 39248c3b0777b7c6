#include "net/tls_context.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509err.h>

#include <cerrno>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#include "hiratake/base/error.hpp"
#include "net/error_code.hpp"

namespace hiratake::net {
namespace {

namespace ssl = boost::asio::ssl;

ConfigurationError unusable(std::string_view what, const std::string& file, std::string_view reason) {
    return ConfigurationError(fmt::format("cannot use the TLS {} '{}': {}", what, file, reason));
}

// OpenSSL's own word for a missing file is "system library"; people deserve the system's.
void check_readable(std::string_view what, const std::string& file) {
    if (!std::ifstream(file)) throw unusable(what, file, std::generic_category().message(errno));
}

bool is_mismatch(ErrorCode error) {
    const auto code = static_cast<unsigned long>(error.value());
    return ERR_GET_LIB(code) == ERR_LIB_X509 && ERR_GET_REASON(code) == X509_R_KEY_VALUES_MISMATCH;
}

void load_certificate(ssl::context& context, const std::string& certificate_file, const std::string& key_file) {
    check_readable("certificate file", certificate_file);
    check_readable("key file", key_file);
    ErrorCode error;
    context.use_certificate_chain_file(certificate_file, error);
    if (error) throw unusable("certificate file", certificate_file, error.message());
    context.use_private_key_file(key_file, ssl::context::pem, error);
    const bool is_other_key = error ? is_mismatch(error) : SSL_CTX_check_private_key(context.native_handle()) != 1;
    if (is_other_key) throw unusable("key file", key_file, fmt::format("it does not belong to '{}'", certificate_file));
    if (error) throw unusable("key file", key_file, error.message());
}

void load_roots(ssl::context& context, const std::string& ca_file) {
    check_readable("CA file", ca_file);
    ErrorCode error;
    context.load_verify_file(ca_file, error);
    if (error) throw unusable("CA file", ca_file, error.message());
}

void require_modern_protocol(ssl::context& context) {
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
}

}  // namespace

ssl::context make_client_context(const TlsClientOptions& options) {
    ssl::context context(ssl::context::tls_client);
    require_modern_protocol(context);
    if (options.ca_file.empty()) {
        context.set_default_verify_paths();
    } else {
        load_roots(context, options.ca_file);
    }
    if (options.certificate_file.empty() != options.key_file.empty()) {
        throw ConfigurationError("a TLS client certificate needs both certificate_file and key_file: one is missing");
    }
    if (!options.certificate_file.empty()) load_certificate(context, options.certificate_file, options.key_file);
    context.set_verify_mode(options.verify_peer ? ssl::verify_peer : ssl::verify_none);
    return context;
}

ssl::context make_server_context(const TlsServerOptions& options, const TlsCertificate& certificate) {
    ssl::context context(ssl::context::tls_server);
    require_modern_protocol(context);
    // Sessions are not resumed. A ticket that the client never reads would turn its close() into a reset, which may
    // destroy the last bytes that it sent.
    SSL_CTX_set_num_tickets(context.native_handle(), 0);
    SSL_CTX_set_session_cache_mode(context.native_handle(), SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(context.native_handle(), SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
    load_certificate(context, certificate.certificate_file, certificate.key_file);
    if (options.ca_file.empty()) {
        if (options.require_client_certificate) {
            throw ConfigurationError(
                "TLS client certificates can be required only with a ca_file that vouches for them");
        }
        return context;
    }
    load_roots(context, options.ca_file);
    auto mode = ssl::verify_mode{ssl::verify_peer};
    if (options.require_client_certificate) mode |= ssl::verify_fail_if_no_peer_cert;
    context.set_verify_mode(mode);
    return context;
}

}  // namespace hiratake::net
