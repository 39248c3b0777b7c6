#include "http/router.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "hiratake/base/error.hpp"
#include "http/target.hpp"

namespace hiratake::http {
namespace {

// "/a//b/" has the segments "a", "", "b", "".
std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        segments.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return segments;
}

bool is_variable(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

std::string listed(std::set<std::string_view> methods) {
    if (methods.contains("GET")) methods.insert("HEAD");
    return fmt::format("{}", fmt::join(methods, ", "));
}

ConfigurationError unusable(std::string_view method, std::string_view pattern, std::string_view reason) {
    return ConfigurationError(fmt::format("the HTTP route {} {}: {}", method, pattern, reason));
}

}  // namespace

std::vector<std::string> path_variable_names(std::string_view pattern) {
    std::vector<std::string> names;
    for (const auto segment : split(pattern)) {
        if (is_variable(segment)) names.emplace_back(segment.substr(1, segment.size() - 2));
    }
    return names;
}

void Router::add(const std::string& method, const std::string& pattern, RouteId route) {
    if (pattern.empty() || pattern.front() != '/') throw unusable(method, pattern, "the path must begin with '/'");
    Node* node = &root_;
    Route added{route, pattern, {}};
    for (const auto segment : split(pattern)) {
        if (is_variable(segment)) {
            const std::string name(segment.substr(1, segment.size() - 2));
            const auto& names = added.variable_names;
            if (std::find(names.begin(), names.end(), name) != names.end()) {
                throw unusable(method, pattern, fmt::format("the variable '{}' occurs twice", name));
            }
            added.variable_names.push_back(name);
            if (!node->variable) node->variable = std::make_unique<Node>();
            node = node->variable.get();
            continue;
        }
        if (segment.find_first_of("{}?#") != std::string_view::npos) {
            throw unusable(method, pattern, "a variable is a whole segment, '/orders/{id}'; '?' and '#' cannot occur");
        }
        auto& next = node->texts[std::string(segment)];
        if (!next) next = std::make_unique<Node>();
        node = next.get();
    }
    const auto [existing, is_new] = node->routes.try_emplace(method, std::move(added));
    if (!is_new) throw unusable(method, pattern, fmt::format("{} is the same route", existing->second.pattern));
}

bool Router::contains(std::string_view pattern) const {
    const Node* node = &root_;
    for (const auto segment : split(pattern)) {
        const auto text = node->texts.find(segment);
        node = is_variable(segment) ? node->variable.get() : text == node->texts.end() ? nullptr : text->second.get();
        if (!node) return false;
    }
    return !node->routes.empty();
}

const Router::Node* Router::find_node(const Node& node, const std::vector<std::string>& segments, std::size_t depth,
                                      std::vector<std::string>& values) {
    if (depth == segments.size()) return node.routes.empty() ? nullptr : &node;
    const auto text = node.texts.find(segments[depth]);
    if (text != node.texts.end()) {
        if (const auto* found = find_node(*text->second, segments, depth + 1, values)) return found;
    }
    if (!node.variable || segments[depth].empty()) return nullptr;
    values.push_back(segments[depth]);
    if (const auto* found = find_node(*node.variable, segments, depth + 1, values)) return found;
    values.pop_back();
    return nullptr;
}

void Router::collect_methods(const Node& node, std::set<std::string_view>& methods) {
    for (const auto& entry : node.routes) methods.insert(entry.first);
    for (const auto& entry : node.texts) collect_methods(*entry.second, methods);
    if (node.variable) collect_methods(*node.variable, methods);
}

std::string Router::methods() const {
    std::set<std::string_view> methods;
    collect_methods(root_, methods);
    return listed(std::move(methods));
}

Router::Match Router::find(std::string_view method, std::string_view path) const {
    std::vector<std::string> segments;
    for (const auto segment : split(path)) {
        auto decoded = percent_decoded(segment);
        if (!decoded) return {};
        segments.push_back(std::move(*decoded));
    }
    std::vector<std::string> values;
    const Node* node = find_node(root_, segments, 0, values);
    if (!node) return {};
    auto route = node->routes.find(method);
    if (route == node->routes.end() && method == "HEAD") route = node->routes.find("GET");
    if (route == node->routes.end()) {
        std::set<std::string_view> methods;
        for (const auto& entry : node->routes) methods.insert(entry.first);
        return {Outcome::method_not_allowed, 0, {}, listed(std::move(methods))};
    }
    Match match{Outcome::found, route->second.id, {}, {}};
    for (std::size_t i = 0; i < values.size(); ++i) {
        match.variables.emplace_back(route->second.variable_names[i], std::move(values[i]));
    }
    return match;
}

}  // namespace hiratake::http
