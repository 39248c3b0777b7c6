#pragma once

#include <optional>
#include <string>
#include <utility>

#include "hiratake/payload/parameter.hpp"

namespace hiratake::http {

/// Which part of a request holds an argument.
enum class ParameterSource {
    /// What a plain name means: the variable of the path with that name; where there is none, a member of the JSON body
    /// for POST, PUT and PATCH, and the query for other methods.
    automatic,
    path,
    query,
    header,
    cookie,
    /// A member of the JSON object that is the body.
    body_member,
    /// The body, which is JSON, as a whole.
    body,
    /// The body as it was sent, of any media type.
    raw_body,
    /// A field of a form: application/x-www-form-urlencoded or multipart/form-data.
    form,
    /// A file that comes with a form: multipart/form-data.
    file,
};

/// A parameter of a method behind a route: a Parameter, and where its argument comes from. A text or an arg() converts
/// to one whose source is automatic.
struct RouteParameter : SchemaKeywords<RouteParameter> {
    RouteParameter(const char* parameter_name) : RouteParameter(Parameter(parameter_name)) {}
    RouteParameter(std::string parameter_name) : RouteParameter(Parameter(std::move(parameter_name))) {}
    RouteParameter(Parameter parameter) : RouteParameter(ParameterSource::automatic, "", std::move(parameter)) {}
    /// @param name_in_request the header's, cookie's, field's or query parameter's; empty when it is the parameter's
    /// own
    RouteParameter(ParameterSource where, std::string name_in_request, Parameter parameter)
        : SchemaKeywords<RouteParameter>(parameter),
          source(where),
          wire_name(name_in_request.empty() ? parameter.name : std::move(name_in_request)),
          name(std::move(parameter.name)),
          default_value(std::move(parameter.default_value)) {}

    /// The same without its source.
    Parameter to_parameter() const {
        Parameter parameter(name);
        parameter.default_value = default_value;
        static_cast<SchemaKeywords<Parameter>&>(parameter) = SchemaKeywords<Parameter>(*this);
        return parameter;
    }

    ParameterSource source;
    std::string wire_name;
    std::string name;
    std::optional<Value> default_value;
};

/// A parameter of the query: `query("page", 1).minimum(1)`. A std::vector takes all parameters of the name.
inline RouteParameter query(std::string name) {
    return {ParameterSource::query, "", std::move(name)};
}
template <class T>
RouteParameter query(std::string name, T&& default_argument) {
    return {ParameterSource::query, "", arg(std::move(name), std::forward<T>(default_argument))};
}

/// A header field: `header("X-Tenant", "tenant")`. A std::vector takes a list with commas.
/// @param header_name without regard to case
/// @param parameter_name what errors and the documentation of the service call it
inline RouteParameter header(std::string header_name, std::string parameter_name) {
    return {ParameterSource::header, std::move(header_name), std::move(parameter_name)};
}
inline RouteParameter header(std::string header_name) {
    return header(header_name, header_name);
}
template <class T>
RouteParameter header(std::string header_name, std::string parameter_name, T&& default_argument) {
    return {ParameterSource::header, std::move(header_name),
            arg(std::move(parameter_name), std::forward<T>(default_argument))};
}

/// A cookie (RFC 6265): `cookie("session")`.
inline RouteParameter cookie(std::string name) {
    return {ParameterSource::cookie, "", std::move(name)};
}
template <class T>
RouteParameter cookie(std::string name, T&& default_argument) {
    return {ParameterSource::cookie, "", arg(std::move(name), std::forward<T>(default_argument))};
}

/// The whole body, JSON, is this one argument: `put<&Shop::replace>("/orders/{id}", "id", http::body("order"))`.
inline RouteParameter body(std::string name) {
    return {ParameterSource::body, "", std::move(name)};
}

/// The body as it was sent, for a std::string or a std::vector<std::byte>; for an UploadedFile, it is kept on disk when
/// it is large.
inline RouteParameter raw_body(std::string name) {
    return {ParameterSource::raw_body, "", std::move(name)};
}

/// A field of a form, application/x-www-form-urlencoded or multipart/form-data: `form("title")`. A std::vector takes
/// all fields of the name. A route with forms takes no JSON, and the others take no forms: a page of another site can
/// send these without asking.
inline RouteParameter form(std::string name) {
    return {ParameterSource::form, "", std::move(name)};
}
template <class T>
RouteParameter form(std::string name, T&& default_argument) {
    return {ParameterSource::form, "", arg(std::move(name), std::forward<T>(default_argument))};
}

/// A file that comes with a form of multipart/form-data, for an UploadedFile, a std::optional or a std::vector of it.
inline RouteParameter file(std::string name) {
    return {ParameterSource::file, "", std::move(name)};
}

}  // namespace hiratake::http
