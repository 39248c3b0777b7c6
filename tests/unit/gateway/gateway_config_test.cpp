#include "gateway/gateway_config.hpp"

#include <gtest/gtest.h>

#include "hiratake/base/error.hpp"
#include "hiratake/gateway/gateway.hpp"
#include "hiratake/payload/json.hpp"
#include "hiratake/service/config.hpp"

namespace hiratake::gateway {
namespace {

using namespace std::chrono_literals;

Config config_of(std::string_view gateway) {
    return Config{Object{{"gateway", parse_json(gateway)}}};
}

GatewayConfig read(std::string_view gateway) {
    return read_gateway_config(config_of(gateway));
}

/// What is wrong with a gateway of this one route.
std::string problem_of_route(const std::string& route) {
    try {
        read("{\"routes\": [{\"path\": \"/a\", \"rpc\": \"a.b\"}, " + route + "]}");
        return "no problem";
    } catch (const ConfigurationError& error) {
        return error.what();
    }
}

std::string problem_of(const Config& config) {
    try {
        read_gateway_config(config);
        return "no problem";
    } catch (const ConfigurationError& error) {
        return error.what();
    }
}

TEST(GatewayConfig, reads_routes) {
    const auto gateway = read(R"({"name": "front", "version": "1.0", "doc": "For all.", "routes": [
        {"method": "POST", "path": "/compute", "rpc": "my.compute.compute", "timeout_ms": 10000, "status": 202,
         "arguments": {"tenant": "main"}, "errors": {"NotFound": 404, "shop.Gone": 410}, "public": true,
         "doc": "Computes.", "summary": "Compute", "tags": ["numbers"]},
        {"path": "/orders/{id}", "rpc": "orders.get"}]})");
    EXPECT_EQ(gateway.name, "front");
    EXPECT_EQ(gateway.version, "1.0");
    EXPECT_EQ(gateway.doc, "For all.");
    ASSERT_EQ(gateway.routes.size(), 2U);
    const auto& full = gateway.routes[0];
    EXPECT_EQ(full.http_method + " " + full.path + " " + full.rpc, "POST /compute my.compute.compute");
    EXPECT_EQ(full.timeout, 10s);
    EXPECT_EQ(full.status, 202);
    EXPECT_EQ(full.arguments, (Object{{"tenant", "main"}}));
    EXPECT_EQ(full.errors, (std::vector<std::pair<std::string, int>>{{"NotFound", 404}, {"shop.Gone", 410}}));
    EXPECT_TRUE(full.has_public_access);
    EXPECT_EQ(full.doc + full.summary + full.tags.at(0), "Computes.Computenumbers");
    const auto& least = gateway.routes[1];
    EXPECT_EQ(least.http_method, "GET");
    EXPECT_EQ(least.timeout, std::nullopt);
    EXPECT_EQ(least.status, 200);
}

TEST(GatewayConfig, names_the_route_and_the_key_of_a_mistake) {
    const std::pair<std::string, std::string> mistakes[] = {
        {R"(17)", "gateway.routes[1] is an integer, expected a map"},
        {R"({"path": "/x", "rpc": "a.b", "timeout": 5})",
         "gateway.routes[1].timeout: there is no such key; there are method, path, rpc, timeout_ms, status, arguments, "
         "errors, sensitive, public, doc, summary, tags"},
        {R"({"rpc": "a.b"})", "gateway.routes[1].path: it is missing; expected a path such as /orders/{id}"},
        {R"({"path": 5, "rpc": "a.b"})", "gateway.routes[1].path is an integer, expected a text"},
        {R"({"path": "/x", "rpc": "compute"})",
         "gateway.routes[1].rpc: 'compute' is no SERVICE.METHOD, such as orders.get"},
        {R"({"path": "/x"})", "gateway.routes[1].rpc: '' is no SERVICE.METHOD, such as orders.get"},
        {R"({"path": "/x", "rpc": "a.b", "method": "get"})",
         "gateway.routes[1].method: 'get' is none of GET, POST, PUT, PATCH and DELETE (in capitals)"},
        {R"({"path": "/x", "rpc": "a.b", "timeout_ms": "10s"})",
         "gateway.routes[1].timeout_ms is a string, expected milliseconds, at most a day"},
        {R"({"path": "/x", "rpc": "a.b", "timeout_ms": -1})",
         "gateway.routes[1].timeout_ms is -1, expected milliseconds, at most a day"},
        {R"({"path": "/x", "rpc": "a.b", "timeout_ms": 0})",
         "gateway.routes[1].timeout_ms: expected a number of milliseconds above zero"},
        {R"({"path": "/x", "rpc": "a.b", "status": 404})",
         "gateway.routes[1].status: 404 is no status of a success; expected 200 to 299"},
        {R"({"path": "/x", "rpc": "a.b", "errors": {"NotFound": "404"}})",
         "gateway.routes[1].errors.NotFound is a string, expected a status from 400 to 599"},
        {R"({"path": "/x", "rpc": "a.b", "errors": {"NotFound": 200}})",
         "gateway.routes[1].errors.NotFound: 200 is no status of an error; expected 400 to 599"},
        {R"({"path": "/x", "rpc": "a.b", "errors": ["NotFound"]})",
         "gateway.routes[1].errors is an array, expected a map of exception types to statuses: {NotFound: 404}"},
        {R"({"path": "/x/{id}", "rpc": "a.b", "arguments": {"id": 5}})",
         "gateway.routes[1].arguments.id: the path has a variable of this name; give the argument one source"},
        {R"({"path": "/x", "rpc": "a.b", "tags": ["a", 5]})",
         "gateway.routes[1].tags has an integer in it, expected a list of texts"},
        {R"({"path": "/x", "rpc": "a.b", "public": "yes"})",
         "gateway.routes[1].public is a string, expected true or false"},
    };
    for (const auto& [route, problem] : mistakes) EXPECT_EQ(problem_of_route(route), problem) << route;
}

TEST(GatewayConfig, refuses_paths_that_cannot_be_told_apart) {
    EXPECT_EQ(problem_of_route(R"({"path": "/a", "rpc": "c.d"})"),
              "gateway.routes[1].path: the HTTP route GET /a: /a is the same route");
    EXPECT_EQ(problem_of_route(R"({"path": "orders", "rpc": "c.d"})"),
              "gateway.routes[1].path: the HTTP route GET orders: the path must begin with '/'");
}

TEST(GatewayConfig, needs_routes) {
    EXPECT_EQ(problem_of(Config{}),
              "gateway: it is missing; expected a map with the routes to publish: "
              "gateway: {routes: [{method: POST, path: /compute, rpc: compute.compute}]}");
    const std::string expected = "expected a list of routes: [{method: POST, path: /compute, rpc: compute.compute}]";
    EXPECT_EQ(problem_of(config_of("{}")), "gateway.routes is empty, " + expected);
    EXPECT_EQ(problem_of(config_of(R"({"routes": {"path": "/x"}})")), "gateway.routes is an object, " + expected);
    EXPECT_EQ(problem_of(config_of(R"({"routs": []})")),
              "gateway.routs: there is no such key; there are name, version, doc, routes, max_calls, refresh");
    EXPECT_EQ(problem_of(config_of(R"([])")), "gateway is an array, expected a map");
}

TEST(Publish, refuses_a_route_that_makes_no_sense) {
    try {
        publish({.path = "/orders", .rpc = "orders"});
        FAIL() << "no error";
    } catch (const ConfigurationError& error) {
        EXPECT_STREQ(error.what(),
                     "the published route GET /orders.rpc: 'orders' is no SERVICE.METHOD, such as orders.get");
    }
}

}  // namespace
}  // namespace hiratake::gateway
