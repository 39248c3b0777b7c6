#include "documents/problem_responses.hpp"

#include <string>

namespace hiratake::documents {
namespace {

struct Description {
    int status;
    const char* name;
    const char* title;
    const char* text;
    /// Of the example.
    const char* detail;
    /// A header that comes with it, and what is in it.
    const char* header = nullptr;
    const char* header_text = nullptr;
};

constexpr Description descriptions[] = {
    {400, "BadRequest", "Bad Request", "The request cannot be understood, or the method refused it.",
     "the body is no JSON: expected a value at line 1, column 1"},
    {401, "Unauthorized", "Unauthorized", "The request does not prove who sends it.", "this needs credentials",
     "WWW-Authenticate", "The kinds of credentials that are taken."},
    {403, "Forbidden", "Forbidden", "Whoever sent the request may not do this.", "the token is not for this"},
    {404, "NotFound", "Not Found", "There is no such thing.", "there is no such thing"},
    {406, "NotAcceptable", "Not Acceptable", "`Accept` rules out what the answer would be.",
     "the answer is of another type than the request accepts"},
    {411, "LengthRequired", "Length Required", "A body is needed, and its length.",
     "a body is needed, and its length: send Content-Length"},
    {413, "ContentTooLarge", "Content Too Large", "The body is too large.", "the body is too large"},
    {415, "UnsupportedMediaType", "Unsupported Media Type", "The body is of a type that is not read here.",
     "the body is of a type that is not read here"},
    {422, "UnprocessableContent", "Unprocessable Content",
     "The request can be read but does not fit: `errors` says where and why.", "the request does not fit"},
    {500, "InternalServerError", "Internal Server Error",
     "The method failed. The log has the reason under the `call_id`.", nullptr},
    {503, "ServiceUnavailable", "Service Unavailable",
     "The service is busy or about to stop: try again after `Retry-After` seconds.",
     "the service is busy or about to stop; try again in a moment", "Retry-After", "Seconds."},
};

const Description& describe(int status) {
    for (const auto& description : descriptions) {
        if (description.status == status) return description;
    }
    return descriptions[0];
}

Value example(const Description& description) {
    Object problem{{"type", "about:blank"}, {"title", description.title}, {"status", description.status}};
    if (description.detail) problem.set("detail", description.detail);
    if (description.status == 500) problem.set("call_id", "shop.order.3a8f0f4e-7d0c-4c8e-9a55-2f6f3f1f8a10");
    if (description.status == 422) {
        problem.set("errors",
                    Array{Object{{"path", "query.limit"}, {"problem", "got 'ten'"}, {"expected", "an integer"}}});
    }
    problem.set("instance", "urn:uuid:c4a4f3b2-52f5-4d52-9d1f-3c1f4f1d7a55");
    problem.set("request_id", "c4a4f3b2-52f5-4d52-9d1f-3c1f4f1d7a55");
    return problem;
}

Object text_schema(const char* description) {
    return {{"type", "string"}, {"description", description}};
}

}  // namespace

Value ProblemResponses::refer_to(int status) {
    const auto& description = describe(status);
    used_.insert(description.status);
    return Object{{"$ref", std::string("#/components/responses/") + description.name}};
}

Object ProblemResponses::components(SchemaBuilder& schemas) const {
    Object responses;
    for (const int status : used_) {
        const auto& description = describe(status);
        Object content{
            {"application/problem+json", Object{{"schema", schema(schemas)}, {"example", example(description)}}}};
        Object response{{"description", description.text}};
        if (description.header) {
            Object header{{"description", description.header_text}, {"schema", Object{{"type", "string"}}}};
            response.set("headers", Object{{description.header, std::move(header)}});
        }
        response.set("content", std::move(content));
        responses.append(description.name, std::move(response));
    }
    return responses;
}

Value ProblemResponses::schema(SchemaBuilder& schemas) {
    return schemas.definition("hiratake::http::Problem", [] {
        Object error{{"type", "object"},
                     {"properties", Object{{"path", text_schema("Which argument, and where in it.")},
                                           {"problem", text_schema("What is wrong.")},
                                           {"expected", text_schema("What would fit.")}}},
                     {"required", Array{"path", "problem"}}};
        Object properties{
            {"type", Object{{"type", "string"}, {"format", "uri-reference"}}},
            {"title", text_schema("What the status means.")},
            {"status", Object{{"type", "integer"}, {"minimum", 400}, {"maximum", 599}}},
            {"detail", text_schema("What happened here.")},
            {"instance", Object{{"type", "string"}, {"format", "uri-reference"}}},
            {"request_id",
             text_schema("Finds the request in the service's log, as `X-Request-ID` of the answer does.")},
            {"call_id", text_schema("Finds what went wrong in the service's log.")},
            {"exception", text_schema("What the method threw, where that is one of the application's exceptions.")},
            {"details", Object{{"description", "Of the exception."}}},
            {"errors", Object{{"type", "array"}, {"items", std::move(error)}}},
        };
        return Value(Object{{"type", "object"},
                            {"description", "What went wrong (RFC 9457)."},
                            {"properties", std::move(properties)},
                            {"required", Array{"type", "title", "status"}}});
    });
}

}  // namespace hiratake::documents
