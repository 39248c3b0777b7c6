#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hiratake/http/request.hpp"

namespace hiratake::http {

/// The names of the variables in a route's path: {"id"} for "/orders/{id}/items".
std::vector<std::string> path_variable_names(std::string_view pattern);

/// Finds the route of a request. A pattern is a path whose segments are texts or variables: "/orders/{id}/items". A
/// variable stands for one segment that is not empty; where both fit, the text wins over the variable.
class Router {
  public:
    using RouteId = std::size_t;

    enum class Outcome { found, no_such_path, method_not_allowed };
    struct Match {
        Outcome outcome = Outcome::no_such_path;
        RouteId route = 0;
        TextFields variables;
        /// For method_not_allowed: what the Allow header lists, "GET, HEAD, POST".
        std::string allowed;
    };

    /// GET takes HEAD requests too, where HEAD has no route of its own. Throws ConfigurationError for a malformed
    /// pattern, and for a method and pattern that another route has already ("/orders/{id}" and "/orders/{number}" are
    /// the same).
    void add(const std::string& method, const std::string& pattern, RouteId route);
    /// Whether a route, of any method, has just this pattern.
    bool contains(std::string_view pattern) const;
    /// The methods of all routes together, as the Allow header lists them: "GET, HEAD, POST".
    std::string methods() const;
    /// @param path as sent, percent-encoded
    Match find(std::string_view method, std::string_view path) const;

  private:
    struct Route {
        RouteId id = 0;
        std::string pattern;
        std::vector<std::string> variable_names;
    };
    struct Node {
        std::map<std::string, std::unique_ptr<Node>, std::less<>> texts;
        std::unique_ptr<Node> variable;
        std::map<std::string, Route, std::less<>> routes;  // by method
    };

    static void collect_methods(const Node& node, std::set<std::string_view>& methods);
    static const Node* find_node(const Node& node, const std::vector<std::string>& segments, std::size_t depth,
                                 std::vector<std::string>& values);

    Node root_;
};

}  // namespace hiratake::http
