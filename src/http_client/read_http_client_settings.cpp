#include "http_client/read_http_client_settings.hpp"

#include <fmt/core.h>

#include <cstdint>
#include <string_view>

#include "hiratake/base/error.hpp"

namespace hiratake::http_client {
namespace {

using std::chrono::milliseconds;

/// The settings of one client, whose keys are read one after the other.
class Section {
  public:
    Section(const Config& config, const std::string& name) : config_(config), prefix_("http_clients." + name) {
        const Value* section = config.find(prefix_);
        if (section == nullptr || section->is_null()) return;
        values_ = section->get_if<Object>();
        if (!values_) throw ConfigurationError(prefix_ + " must be a map of settings, such as {timeout: 5}");
    }

    std::optional<std::string> text(std::string_view name) const { return config_.text(key(name)); }

    void read_size(std::string_view name, std::size_t& field, std::int64_t least, std::int64_t most) const {
        const auto number = config_.integer(key(name));
        if (!number) return;
        if (*number < least || *number > most) {
            throw ConfigurationError(
                fmt::format("{} is {}; it must be from {} to {}", key(name), *number, least, most));
        }
        field = static_cast<std::size_t>(*number);
    }

    void read_timeout(std::string_view name, milliseconds& field) const {
        const auto seconds = config_.seconds(key(name));
        if (!seconds) return;
        if (seconds->count() == 0) throw ConfigurationError(key(name) + " must be more than 0");
        field = std::chrono::ceil<milliseconds>(*seconds);
    }

    http::Headers headers() const {
        http::Headers headers;
        const Value* value = values_ ? values_->find("headers") : nullptr;
        if (value == nullptr || value->is_null()) return headers;
        const auto* object = value->get_if<Object>();
        if (!object) throw ConfigurationError(key("headers") + " must be a map of names and texts");
        for (const Member& header : *object) {
            const auto* text = header.value.get_if<std::string>();
            if (!text) throw ConfigurationError(fmt::format("{}.{} must be a text", key("headers"), header.name));
            headers.add(header.name, *text);
        }
        return headers;
    }

  private:
    std::string key(std::string_view name) const { return fmt::format("{}.{}", prefix_, name); }

    const Config& config_;
    const std::string prefix_;
    const Object* values_ = nullptr;
};

}  // namespace

HttpClientSettings read_http_client_settings(const Config& config, const std::string& name) {
    const Section section{config, name};
    HttpClientSettings settings;
    settings.base_url = section.text("base_url").value_or("");
    while (settings.base_url.ends_with('/')) settings.base_url.pop_back();
    settings.headers = section.headers();
    section.read_timeout("timeout", settings.timeout);
    section.read_timeout("connect_timeout", settings.connect_timeout);
    section.read_size("max_connections", settings.max_connections, 1, 10'000);
    section.read_size("max_response_bytes", settings.max_response_bytes, 0, std::int64_t{1} << 30);
    section.read_size("max_redirects", settings.max_redirects, 0, 100);
    settings.ca_file = section.text("ca_file").value_or("");
    settings.proxy = section.text("proxy");
    return settings;
}

}  // namespace hiratake::http_client
