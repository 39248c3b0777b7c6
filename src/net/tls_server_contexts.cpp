#include "net/tls_server_contexts.hpp"

#include <openssl/ssl.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "hiratake/base/error.hpp"
#include "net/tls_context.hpp"

namespace hiratake::net {
namespace {

namespace ssl = boost::asio::ssl;

std::string to_lower(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

// "*.shop.example" for "www.shop.example"; empty where there is no label to leave out.
std::string wildcard_for(const std::string& name) {
    const auto dot = name.find('.');
    return dot == std::string::npos || dot == 0 ? std::string() : "*" + name.substr(dot);
}

// RFC 7301 section 3.2: a client that speaks nothing of what is spoken here learns so before it sends anything.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
                    unsigned offered_length, void* protocol_list) {
    const auto& list = *static_cast<const std::string*>(protocol_list);
    unsigned char* match = nullptr;
    const int outcome = SSL_select_next_proto(&match, length, reinterpret_cast<const unsigned char*>(list.data()),
                                              static_cast<unsigned>(list.size()), offered, offered_length);
    if (outcome != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_ALERT_FATAL;
    *chosen = match;
    return SSL_TLSEXT_ERR_OK;
}

}  // namespace

TlsServerContexts::TlsServerContexts(TlsServerOptions options) : options_(std::move(options)) {
    for (const std::string& protocol : options_.application_protocols) {
        protocol_list_ += static_cast<char>(protocol.size());
        protocol_list_ += protocol;
    }
    for (TlsCertificate& certificate : options_.certificates) {
        for (std::string& name : certificate.server_names) name = to_lower(std::move(name));
    }
    for (const TlsCertificate& certificate : options_.certificates) {
        auto stamps = stamps_of(certificate);
        entries_.push_back({certificate, std::move(stamps), make_context(certificate)});
    }
}

ssl::context TlsServerContexts::make_context(const TlsCertificate& certificate) {
    auto context = make_server_context(options_, certificate);
    using NameCallback = int (*)(SSL*, int*, void*);
    const NameCallback choose_certificate = [](SSL* connection, int*, void* contexts) {
        const char* name = SSL_get_servername(connection, TLSEXT_NAMETYPE_host_name);
        auto* entry = name ? static_cast<TlsServerContexts*>(contexts)->find(name) : nullptr;
        if (!entry) return SSL_TLSEXT_ERR_NOACK;
        SSL_set_SSL_CTX(connection, entry->context.native_handle());
        return SSL_TLSEXT_ERR_OK;
    };
    SSL_CTX_set_tlsext_servername_callback(context.native_handle(), choose_certificate);
    SSL_CTX_set_tlsext_servername_arg(context.native_handle(), this);
    if (!protocol_list_.empty()) {
        SSL_CTX_set_alpn_select_cb(context.native_handle(), &choose_protocol, &protocol_list_);
    }
    return context;
}

// The name itself goes before a star.
TlsServerContexts::Entry* TlsServerContexts::find(std::string_view server_name) {
    const auto name = to_lower(std::string(server_name));
    for (const auto& wanted : {name, wildcard_for(name)}) {
        const auto entry = std::find_if(entries_.begin(), entries_.end(), [&wanted](const Entry& each) {
            const auto& names = each.certificate.server_names;
            return std::find(names.begin(), names.end(), wanted) != names.end();
        });
        if (entry != entries_.end()) return &*entry;
    }
    return nullptr;
}

std::vector<FileStamp> TlsServerContexts::stamps_of(const TlsCertificate& certificate) const {
    std::vector<FileStamp> stamps{FileStamp::of(certificate.certificate_file), FileStamp::of(certificate.key_file)};
    if (!options_.ca_file.empty()) stamps.push_back(FileStamp::of(options_.ca_file));
    return stamps;
}

void TlsServerContexts::reload_changed(const Logger& logger) {
    for (Entry& entry : entries_) {
        auto stamps = stamps_of(entry.certificate);
        if (stamps == entry.stamps) continue;
        entry.stamps = std::move(stamps);
        try {
            entry.context = make_context(entry.certificate);
            logger.info("The TLS certificate '{}' has changed and was loaded again",
                        entry.certificate.certificate_file);
        } catch (const ConfigurationError& error) {
            logger.error("The TLS certificate in service stays, although its files have changed: {}", error.what());
        }
    }
}

}  // namespace hiratake::net
