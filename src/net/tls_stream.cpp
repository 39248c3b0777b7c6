#include "net/tls_stream.hpp"

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

namespace hiratake::net {

TlsStream::TlsStream(EventLoop& loop, TlsSocket socket, SocketRole role)
    : SocketStream(loop, std::move(socket), read_endpoints(socket.next_layer(), role)) {}

void TlsStream::async_shutdown_write(WriteHandler handler) {
    // Asio's shutdown sends our close_notify within this call (unless the socket's buffer is full) and then waits for
    // the peer's, for which nobody here needs to wait: close() ends that.
    state_->stream.async_shutdown([state = state_](ErrorCode) {});
    loop().post([state = state_, handler = std::move(handler)]() mutable { handler(state->outcome({})); });
}

std::string TlsStream::peer_certificate_name() const {
    auto* handle = const_cast<TlsSocket&>(state_->stream).native_handle();
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(SSL_get1_peer_certificate(handle), &X509_free);
    if (!certificate || SSL_get_verify_mode(handle) == SSL_VERIFY_NONE) return {};
    auto* subject = X509_get_subject_name(certificate.get());
    const int index = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (index < 0) return {};
    unsigned char* utf8 = nullptr;
    const int length = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, index)));
    if (length < 0) return {};
    std::string name(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(length));
    OPENSSL_free(utf8);
    return name;
}

}  // namespace hiratake::net
