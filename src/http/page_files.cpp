#include "http/page_file.hpp"

// Puts a compressed file of the build folder among the constants of the program. The assembler reads it, so that even
// the largest costs no compile time.
#define HIRATAKE_EMBED(symbol, file)                \
    asm(".section .rodata\n"                        \
        ".global hiratake_page_" #symbol            \
        "\n"                                        \
        ".global hiratake_page_" #symbol            \
        "_end\n"                                    \
        "hiratake_page_" #symbol                    \
        ":\n"                                       \
        ".incbin \"" HIRATAKE_PAGES_FOLDER "/" file \
        ".gz\"\n"                                   \
        "hiratake_page_" #symbol                    \
        "_end:\n"                                   \
        ".previous\n");                             \
    extern "C" const char hiratake_page_##symbol[]; \
    extern "C" const char hiratake_page_##symbol##_end[]

HIRATAKE_EMBED(apidocs_html, "apidocs.html");
HIRATAKE_EMBED(apidocs_js, "apidocs.js");
HIRATAKE_EMBED(swagger_css, "swagger-ui.css");
HIRATAKE_EMBED(swagger_js, "swagger-ui-bundle.js");
HIRATAKE_EMBED(favicon, "favicon-32x32.png");
HIRATAKE_EMBED(asyncapi_html, "asyncapi.html");
HIRATAKE_EMBED(asyncapi_js, "asyncapi.js");
HIRATAKE_EMBED(asyncapi_css, "asyncapi.css");

#define HIRATAKE_CONTENTS(symbol)                                                                               \
    std::string_view {                                                                                          \
        hiratake_page_##symbol, static_cast<std::size_t>(hiratake_page_##symbol##_end - hiratake_page_##symbol) \
    }

namespace hiratake::http {

std::span<const PageFile> page_files() {
    constexpr std::string_view html = "text/html; charset=utf-8";
    constexpr std::string_view css = "text/css; charset=utf-8";
    constexpr std::string_view script = "text/javascript; charset=utf-8";
    static const PageFile files[] = {
        {"/apidocs/", html, HIRATAKE_CONTENTS(apidocs_html)},
        {"/apidocs/index.html", html, HIRATAKE_CONTENTS(apidocs_html)},
        {"/apidocs/apidocs.js", script, HIRATAKE_CONTENTS(apidocs_js)},
        {"/apidocs/swagger-ui.css", css, HIRATAKE_CONTENTS(swagger_css)},
        {"/apidocs/swagger-ui-bundle.js", script, HIRATAKE_CONTENTS(swagger_js)},
        {"/apidocs/favicon.png", "image/png", HIRATAKE_CONTENTS(favicon)},
        {"/asyncapi/", html, HIRATAKE_CONTENTS(asyncapi_html)},
        {"/asyncapi/index.html", html, HIRATAKE_CONTENTS(asyncapi_html)},
        {"/asyncapi/asyncapi.js", script, HIRATAKE_CONTENTS(asyncapi_js)},
        {"/asyncapi/asyncapi.css", css, HIRATAKE_CONTENTS(asyncapi_css)},
        {"/asyncapi/favicon.png", "image/png", HIRATAKE_CONTENTS(favicon)},
    };
    return files;
}

}  // namespace hiratake::http
