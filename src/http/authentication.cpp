#include "hiratake/http/authentication.hpp"

#include <fmt/format.h>

#include <map>

#include "hiratake/base/error.hpp"
#include "hiratake/service/dependency_provider.hpp"
#include "hiratake/service/service_container.hpp"
#include "http/ascii.hpp"
#include "http/authenticator.hpp"
#include "http/constant_time.hpp"
#include "http/http_server.hpp"
#include "payload/base64.hpp"

namespace hiratake::http {
namespace {

class BearerAuthenticator final : public Authenticator {
  public:
    explicit BearerAuthenticator(BearerAuth::Verify verify) : verify_(std::move(verify)) {}

    void setup(const Config&) override {
        if (!verify_) throw ConfigurationError("a BearerAuth needs a function that verifies tokens");
    }
    std::string_view scheme() const override { return "Bearer"; }
    // RFC 6750 section 3.1: a request without credentials is told no error.
    std::string challenge(const std::string& realm, bool was_refused) const override {
        return fmt::format("Bearer realm=\"{}\"{}", realm, was_refused ? ", error=\"invalid_token\"" : "");
    }
    std::optional<Principal> verify(const std::string& token) const override { return verify_(token); }
    bool passes_credentials_on() const override { return true; }

  private:
    BearerAuth::Verify verify_;
};

class BasicAuthenticator final : public Authenticator {
  public:
    BasicAuthenticator(BasicAuth::Verify verify, std::string users_key)
        : verify_(std::move(verify)), users_key_(std::move(users_key)) {}

    void setup(const Config& config) override {
        if (verify_) return;
        if (users_key_.empty()) throw ConfigurationError("a BasicAuth needs a function, or the key of its users");
        const Value* users = config.find(users_key_);
        const auto* passwords = users ? users->get_if<Object>() : nullptr;
        if (!passwords) throw ConfigurationError(fmt::format("`{}` must map users to passwords", users_key_));
        for (const Member& user : *passwords) {
            const auto* password = user.value.get_if<std::string>();
            if (!password || password->empty()) {
                throw ConfigurationError(
                    fmt::format("`{}`: the password of `{}` must be a text", users_key_, user.name));
            }
            passwords_[user.name] = *password;
        }
    }

    std::string_view scheme() const override { return "Basic"; }
    std::string challenge(const std::string& realm, bool) const override {
        return fmt::format("Basic realm=\"{}\", charset=\"UTF-8\"", realm);
    }
    std::optional<Principal> verify(const std::string& credentials) const override {
        const auto decoded = payload::decode_base64(credentials);
        const auto colon = decoded ? decoded->find(':') : std::string::npos;
        if (colon == std::string::npos) return std::nullopt;
        const std::string user = decoded->substr(0, colon);
        const std::string password = decoded->substr(colon + 1);
        return verify_ ? verify_(user, password) : verify_configured(user, password);
    }

  private:
    // A user who is not known takes as long as one who is.
    std::optional<Principal> verify_configured(const std::string& user, const std::string& password) const {
        const auto found = passwords_.find(user);
        const bool is_known = found != passwords_.end();
        const bool is_right = equal_in_constant_time(password, is_known ? found->second : password + "x");
        if (!is_known || !is_right) return std::nullopt;
        return Principal{user};
    }

    BasicAuth::Verify verify_;
    std::string users_key_;
    std::map<std::string, std::string> passwords_;
};

}  // namespace

class AuthenticationProvider final : public DependencyProvider {
  public:
    using Select = Authentication& (*)(void* member);

    AuthenticationProvider(std::shared_ptr<Authenticator> authenticator, std::vector<std::string> public_paths,
                           Select select)
        : authenticator_(std::move(authenticator)), public_paths_(std::move(public_paths)), select_(select) {}

    void setup(ServiceContainer& container) override {
        authenticator_->setup(container.environment().config);
        container.shared<HttpServer>().require(authenticator_, public_paths_);
    }

    DependencyDescription describe(const std::string&, const Config&) const override {
        const std::string scheme = to_lower(authenticator_->scheme());
        return {"http_authentication",
                {{"name", scheme},
                 {"scheme", Object{{"type", "http"}, {"scheme", scheme}}},
                 {"public_paths", Array(public_paths_.begin(), public_paths_.end())}}};
    }

    void inject(void* member, WorkerContext& context) override {
        const Value* user_id = context.data().find("user_id");
        if (const auto* text = user_id ? user_id->get_if<std::string>() : nullptr) select_(member).user_id_ = *text;
    }

  private:
    // Shared with the server that asks it.
    std::shared_ptr<Authenticator> authenticator_;
    std::vector<std::string> public_paths_;
    Select select_;
};

std::unique_ptr<DependencyProvider> BearerAuth::make_provider() const {
    return std::make_unique<AuthenticationProvider>(
        std::make_shared<BearerAuthenticator>(verify_), public_paths_,
        [](void* member) -> Authentication& { return *static_cast<BearerAuth*>(member); });
}

std::unique_ptr<DependencyProvider> BasicAuth::make_provider() const {
    return std::make_unique<AuthenticationProvider>(
        std::make_shared<BasicAuthenticator>(verify_, users_key_), public_paths_,
        [](void* member) -> Authentication& { return *static_cast<BasicAuth*>(member); });
}

}  // namespace hiratake::http
