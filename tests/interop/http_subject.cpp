// The service that the HTTP clients of other people ask: something of everything that a route can be.
#include <openssl/evp.h>
#include <hiratake/hiratake.hpp>
#include <hiratake/http/body_writer.hpp>
#include <hiratake/http/event_stream.hpp>

#include <array>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace hiratake;

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr);
    std::string text;
    for (unsigned int i = 0; i < length; ++i) {
        constexpr std::string_view digits = "0123456789abcdef";
        text += {digits[digest[i] >> 4U], digits[digest[i] & 15U]};
    }
    return text;
}

std::optional<http::Principal> verify_token(const std::string& token) {
    if (token == "token-of-mallory") throw http::HttpError(403, "mallory may not");
    if (token != "token-of-alice") return std::nullopt;
    return http::Principal{"alice"};
}

enum class Size { small, large };

struct Line {
    std::string product;
    int count;
    Size size = Size::small;

    static constexpr auto missing_fields = MissingFields::keep_defaults;
    static void describe(Fields& fields) { fields["count"].minimum(1).maximum(100); }
};

struct Order {
    static constexpr auto unknown_fields = UnknownFields::are_errors;
    std::string customer;
    std::vector<Line> lines;
    std::optional<std::string> note;
};

struct PlacedOrder {
    long id;
    Order order;
    int count;
};

struct Search {
    std::vector<std::string> tags;
    int limit;
    Size size;
    std::optional<bool> sold;
};

struct Caller {
    std::string tenant;
    std::optional<std::string> session;
};

struct Form {
    std::string title;
    std::vector<std::string> tags;
};

struct Upload {
    std::string title;
    std::string filename;
    std::string content_type;
    long size;
    std::string sha256;
};

struct Item {
    long id;
    std::string text;
};

struct Doors {
    static constexpr auto name = "doors";
    static constexpr auto document = "The quick brown fox jumps over the lazy dog.";
    http::BearerAuth bearer{&verify_token};
    http::BasicAuth basic{"http.users"};

    PlacedOrder place(Order order) {
        int count = 0;
        for (const Line& line : order.lines) count += line.count;
        return {17, std::move(order), count};
    }
    Search search(std::optional<bool> sold, std::vector<std::string> tags, int limit, Size size) {
        return {std::move(tags), limit, size, sold};
    }
    std::string customer(std::string customer) { return customer; }
    Caller caller(std::string tenant, std::optional<std::string> session) { return {tenant, session}; }
    Form form(std::string title, std::vector<std::string> tags) { return {std::move(title), std::move(tags)}; }
    Upload upload(std::string title, http::UploadedFile file) {
        return {std::move(title), file.filename(), file.content_type(), static_cast<long>(file.size()),
                sha256(file.read())};
    }
    std::vector<std::byte> raw(std::vector<std::byte> content) { return content; }

    std::optional<Item> item(long id) { return id == 17 ? std::optional(Item{17, "seventeen"}) : std::nullopt; }
    Item put(long id, std::string text) { return {id, std::move(text)}; }
    Item patch(long id, std::optional<std::string> text) { return {id, text.value_or("as it was")}; }
    void forget(long) {}
    void fail() { throw std::runtime_error("the reason is for the log"); }

    http::Response page() {
        http::Response response = http::Response::text(document);
        response.headers.set("ETag", "\"v1\"");
        response.headers.set("Accept-Ranges", "bytes");
        return response;
    }
    http::Response source() { return http::Response::file(HTTP_SUBJECT_SOURCE); }
    std::string long_text() {
        std::string text;
        for (int i = 0; i < 1000; ++i) text += std::to_string(i) + " bottles of beer\n";
        return text;
    }
    http::Response numbers(long up_to) {
        return http::Response::stream("text/csv", [up_to](http::BodyWriter& out) {
            for (long i = 1; i <= up_to; ++i) out.write(std::to_string(i) + "\n");
        });
    }
    http::Response ticks(int count) {
        return http::Response::events([count](http::EventStream& events) {
            for (int i = 1; i <= count; ++i) {
                events.send({.event = "tick", .id = std::to_string(i), .data = "tick\n" + std::to_string(i)});
            }
        });
    }
    std::string who() { return bearer.user_id(); }

    static void define(Service<Doors>& doors) {
        doors.post<&Doors::place>("/orders").status(201).public_access();
        doors
            .get<&Doors::search>("/search", "sold", http::query("tag", Array{}), http::query("limit", 10).minimum(1),
                                 http::query("size", "small"))
            .public_access();
        doors.get<&Doors::customer>("/customers/{customer}", "customer").public_access();
        doors
            .get<&Doors::caller>("/caller", http::header("X-Tenant", "tenant").pattern("^[a-z]+$"),
                                 http::cookie("session"))
            .public_access();
        doors.post<&Doors::form>("/form", http::form("title"), http::form("tag", Array{})).public_access();
        doors.post<&Doors::upload>("/files", http::form("title"), http::file("file")).public_access();
        doors.post<&Doors::raw>("/raw", http::raw_body("content")).public_access();
        doors.get<&Doors::item>("/items/{id}", "id").public_access();
        doors.put<&Doors::put>("/items/{id}", "id", "text").public_access();
        doors.patch<&Doors::patch>("/items/{id}", "id", "text").public_access();
        doors.del<&Doors::forget>("/items/{id}", "id").public_access();
        doors.get<&Doors::fail>("/failure").public_access();
        doors.get<&Doors::page>("/page").public_access();
        doors.get<&Doors::source>("/source").public_access();
        doors.get<&Doors::long_text>("/text").public_access();
        doors.get<&Doors::numbers>("/numbers", "up_to").public_access();
        doors.get<&Doors::ticks>("/ticks", "count").public_access();
        doors.get<&Doors::who>("/who").doc("Who asks.");
    }
};

}  // namespace

int main(int argc, char** argv) {
    return hiratake::main<Doors>(argc, argv);
}
