#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <initializer_list>
#include <optional>
#include <string>
#include <typeinfo>
#include <utility>
#include <vector>

#include "hiratake/payload/value.hpp"
#include "hiratake/service/entrypoint_options.hpp"

namespace hiratake::http {

/// What a service definition says of a route beyond its method: chained to the line that declares it. The words of
/// EntrypointOptions are among them.
class RouteOptions {
  public:
    /// @param common the options of the route's entrypoint; outlives this
    explicit RouteOptions(EntrypointOptions& common) : common_(common) {}
    RouteOptions(const RouteOptions&) = delete;
    RouteOptions& operator=(const RouteOptions&) = delete;

    RouteOptions& doc(std::string text) {
        common_.doc(std::move(text));
        return *this;
    }
    /// Exceptions of these types are answered with 400 and their text.
    template <class... Exceptions>
    RouteOptions& expects() {
        common_.expects<Exceptions...>();
        return *this;
    }
    RouteOptions& sensitive(std::initializer_list<std::string> arguments) {
        common_.sensitive(arguments);
        return *this;
    }
    RouteOptions& max_workers(std::size_t workers) {
        common_.max_workers(workers);
        return *this;
    }

    /// Exceptions of this type are expected, and answered with this status and their text: `maps<NotFound>(404)`. Of
    /// several that fit, the first holds.
    /// @param status 400 to 599, or ConfigurationError
    template <class Exception>
    RouteOptions& maps(int status) {
        common_.expects<Exception>();
        return add_mapping({&EntrypointOptions::is_a<Exception>, &typeid(Exception), status});
    }
    /// The status of a success, in place of 200, or of 204 where the method returns nothing. A Response has its own.
    /// @param status 200 to 299, or ConfigurationError
    RouteOptions& status(int status);
    /// The media type of the result, in place of the one that its type implies: "text/csv".
    RouteOptions& produces(std::string media_type) {
        media_type_ = std::move(media_type);
        return *this;
    }

    /// Needs no credentials, though the service asks for them: as if the authentication named it as public.
    RouteOptions& public_access() {
        has_public_access_ = true;
        return *this;
    }

    /// How large bodies may be here, in place of `http.max_body_bytes`. Beyond: 413.
    RouteOptions& max_body_bytes(std::uint64_t bytes) {
        body_limit_ = bytes;
        return *this;
    }

    /// For the documentation: another answer that clients have to reckon with, `responds(404, "no such order")`.
    /// @param status 200 to 599, or ConfigurationError
    RouteOptions& responds(int status, std::string meaning);
    /// For the documentation: the group of routes that this one belongs to. There may be several.
    RouteOptions& tag(std::string name) {
        tags_.push_back(std::move(name));
        return *this;
    }
    /// For the documentation: the route in a few words.
    RouteOptions& summary(std::string text) {
        summary_ = std::move(text);
        return *this;
    }
    /// For the documentation: new clients should not use the route.
    RouteOptions& deprecated() {
        is_deprecated_ = true;
        return *this;
    }
    /// For the documentation: a result as it may be.
    RouteOptions& example(Value result) {
        example_ = std::move(result);
        return *this;
    }

    struct DocumentedResponse {
        int status = 0;
        std::string meaning;
    };

    const EntrypointOptions& common() const { return common_; }
    /// The status for this exception; nothing when no maps() fits.
    std::optional<int> status_of(const std::exception_ptr& error) const;
    /// The status for exceptions of this very type, for the documentation.
    std::optional<int> status_of(const std::type_info& type) const;
    const std::optional<int>& success_status() const { return success_status_; }
    bool has_public_access() const { return has_public_access_; }
    /// Empty where the result's type decides.
    const std::string& media_type() const { return media_type_; }
    const std::optional<std::uint64_t>& body_limit() const { return body_limit_; }
    /// In the order in which they were given; those of maps() among them, without a meaning.
    const std::vector<DocumentedResponse>& responses() const { return responses_; }
    const std::vector<std::string>& tags() const { return tags_; }
    const std::string& summary() const { return summary_; }
    bool is_deprecated() const { return is_deprecated_; }
    const std::optional<Value>& example() const { return example_; }

  private:
    struct Mapping {
        bool (*fits)(const std::exception_ptr& error);
        const std::type_info* type;
        int status;
    };

    RouteOptions& add_mapping(const Mapping& mapping);

    EntrypointOptions& common_;
    std::vector<Mapping> mappings_;
    std::optional<int> success_status_;
    bool has_public_access_ = false;
    std::string media_type_;
    std::optional<std::uint64_t> body_limit_;
    std::vector<DocumentedResponse> responses_;
    std::vector<std::string> tags_;
    std::string summary_;
    bool is_deprecated_ = false;
    std::optional<Value> example_;
};

}  // namespace hiratake::http
