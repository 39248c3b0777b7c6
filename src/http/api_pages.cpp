#include "http/api_pages.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "documents/asyncapi.hpp"
#include "documents/openapi.hpp"
#include "hiratake/base/error.hpp"
#include "hiratake/payload/json.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/environment.hpp"
#include "hiratake/service/resources.hpp"
#include "hiratake/service/service_definition.hpp"
#include "http/compression.hpp"
#include "http/http_server.hpp"
#include "http/page_file.hpp"

namespace hiratake::http {
namespace {

struct Switches {
    bool openapi = true;
    bool asyncapi = true;
};

Switches read_switches(const Config& config) {
    const Value* docs = config.find("http.docs");
    if (!docs || docs->is_null()) return {};
    if (!docs->get_if<Object>()) {
        const bool are_on = *config.boolean("http.docs");
        return {are_on, are_on};
    }
    for (const Member& member : docs->as_object()) {
        if (member.name != "openapi" && member.name != "asyncapi") {
            throw ConfigurationError("http.docs." + member.name + ": there is `openapi` and `asyncapi` to switch");
        }
    }
    return {config.boolean("http.docs.openapi").value_or(true), config.boolean("http.docs.asyncapi").value_or(true)};
}

Response answer(const PageFile& file, const Request& request) {
    // Scripts and styles come from here and nowhere else, and talk to nobody else. Swagger UI's style sheet holds
    // images.
    static constexpr const char* policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    Response response;
    response.headers = {{"ETag", file.entity_tag()},
                        {"Cache-Control", "no-cache"},
                        {"Vary", "Accept-Encoding"},
                        {"Content-Type", std::string(file.media_type)}};
    response.headers.add("Content-Security-Policy", policy);
    response.headers.add("X-Content-Type-Options", "nosniff");
    response.headers.add("Referrer-Policy", "no-referrer");
    if (accepts_gzip(request.headers)) {
        response.headers.add("Content-Encoding", "gzip");
        response.body = file.gzip;
    } else {
        response.body = file.decompressed();
    }
    return response;
}

/// @param make what the document is made with when it is first asked for, and when it is to be renewed
void add_document(HttpServer& server, std::string path, std::function<Object()> make) {
    server.add_built_in(std::move(path), [&server, make = std::move(make), text = std::string(),
                                          revision = std::uint64_t{0}](const Request&) mutable {
        if (text.empty() || revision != server.document_revision()) text = write_json(make(), JsonStyle::compact);
        revision = server.document_revision();
        Response response;
        response.headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-cache"}};
        response.body = text;
        return response;
    });
}

void add_pages(HttpServer& server, std::string_view folder) {
    for (const PageFile& file : page_files()) {
        if (!file.path.starts_with(folder)) continue;
        server.add_built_in(std::string(file.path), [&file](const Request& request) { return answer(file, request); });
    }
    // Relative, for a proxy may have put the service below a path of its own.
    const std::string name(folder.substr(1, folder.size() - 2));
    server.add_built_in("/" + name, [target = name + "/"](const Request&) {
        Response response;
        response.status = 308;
        response.headers = {{"Location", target}};
        return response;
    });
}

}  // namespace

void add_api_pages(HttpServer& server, const ServiceDefinition& service, const Environment& environment) {
    const Switches switches = read_switches(environment.config);
    if (switches.openapi) {
        add_document(server, "/openapi.json", [&] { return documents::openapi_document(service, environment.config); });
        add_pages(server, "/apidocs/");
    }
    if (switches.asyncapi) {
        add_document(server, "/asyncapi.json", [&] {
            const auto* program = environment.resources.find<ProgramServices>();
            const std::vector<const ServiceDefinition*> alone{&service};
            return documents::asyncapi_document(program ? program->definitions : alone, environment.config);
        });
        add_pages(server, "/asyncapi/");
    }
}

}  // namespace hiratake::http
