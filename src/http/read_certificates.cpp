#include "http/read_certificates.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "hiratake/base/error.hpp"

namespace hiratake::http {
namespace {

std::vector<std::string> read_server_names(const Config& config, const std::string& key) {
    const Value* value = config.find(key);
    if (!value || value->is_null()) return {};
    std::vector<std::string> names;
    const Array* list = value->get_if<Array>();
    for (const Value& name : list ? *list : Array{*value}) {
        const auto* text = name.get_if<std::string>();
        if (!text || text->empty()) {
            throw ConfigurationError(fmt::format("configuration: `{}` takes names such as shop.example", key));
        }
        names.push_back(*text);
    }
    return names;
}

// `key` leads to the map of one certificate.
net::TlsCertificate read_certificate(const Config& config, const std::string& key) {
    auto certificate = config.text(key + ".certificate_file");
    auto private_key = config.text(key + ".key_file");
    if (!certificate || !private_key) {
        throw ConfigurationError(fmt::format("{} needs both certificate_file and key_file: {} is missing", key,
                                             certificate ? "key_file" : "certificate_file"));
    }
    return {read_server_names(config, key + ".server_names"), *std::move(certificate), *std::move(private_key)};
}

}  // namespace

std::vector<net::TlsCertificate> read_certificates(const Config& config) {
    const Value* value = config.find("http.tls");
    if (!value || value->is_null()) return {};
    const Array* list = value->get_if<Array>();
    if (!list) return {read_certificate(config, "http.tls")};
    std::vector<net::TlsCertificate> certificates;
    for (const Value& each : *list) {
        // Under a key of its own, so that an error tells which it is.
        const auto key = fmt::format("http.tls[{}]", certificates.size());
        certificates.push_back(read_certificate(Config{}.with(key, each), key));
        if (certificates.size() > 1 && certificates.back().server_names.empty()) {
            throw ConfigurationError(fmt::format("{} needs server_names: only the first is used without one", key));
        }
    }
    if (certificates.empty()) throw ConfigurationError("http.tls is an empty list: leave it out to serve without TLS");
    return certificates;
}

}  // namespace hiratake::http
