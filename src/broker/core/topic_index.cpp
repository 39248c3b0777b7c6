#include "broker/core/topic_index.hpp"

#include <tuple>
#include <utility>

namespace hiratake::broker::core {
namespace {

/// Takes the first word off `text`; returns it and whether another one follows. "a." is two words, the second empty.
std::pair<std::string_view, bool> take_word(std::string_view& text) {
    const std::size_t dot = text.find('.');
    const std::string_view word = text.substr(0, dot);
    const bool more = dot != std::string_view::npos;
    text.remove_prefix(more ? dot + 1 : text.size());
    return {word, more};
}

}  // namespace

bool TopicIndex::add(const Binding& binding) {
    Node* node = &root_;
    std::string_view pattern = binding.routing_key;
    // The empty pattern has no words at all.
    for (bool more = !pattern.empty(); more;) {
        std::string_view word;
        std::tie(word, more) = take_word(pattern);
        if (word == "#" && node->is_any_words) continue;  // "#.#" matches what "#" does
        std::unique_ptr<Node>& child = word == "*"   ? node->any_word
                                       : word == "#" ? node->any_words
                                                     : node->words[std::string{word}];
        if (!child) child = std::make_unique<Node>();
        child->is_any_words = word == "#";
        node = child.get();
    }
    if (!node->bindings.add(binding)) return false;
    ++size_;
    return true;
}

bool TopicIndex::remove(const Binding& binding) {
    if (!remove(root_, binding.routing_key, !binding.routing_key.empty(), binding)) return false;
    --size_;
    return true;
}

bool TopicIndex::remove(Node& node, std::string_view pattern, bool has_words, const Binding& binding) {
    if (!has_words) return node.bindings.remove(binding);
    const auto [word, more] = take_word(pattern);
    if (word == "#" && node.is_any_words) return remove(node, pattern, more, binding);
    if (word == "*" || word == "#") {
        std::unique_ptr<Node>& child = word == "*" ? node.any_word : node.any_words;
        if (!child || !remove(*child, pattern, more, binding)) return false;
        if (child->empty()) child.reset();
        return true;
    }
    const auto child = node.words.find(word);
    if (child == node.words.end() || !remove(*child->second, pattern, more, binding)) return false;
    if (child->second->empty()) node.words.erase(child);
    return true;
}

void TopicIndex::enter(Node& node, std::vector<Node*>& places) {
    if (std::exchange(node.reached_at_step, step_) == step_) return;
    places.push_back(&node);
    if (node.any_words) enter(*node.any_words, places);  // which may stand for no word
}

void TopicIndex::step(std::string_view word) {
    ++step_;
    next_places_.clear();
    for (Node* node : places_) {
        if (node->is_any_words) enter(*node, next_places_);
        if (node->any_word) enter(*node->any_word, next_places_);
        if (const auto child = node->words.find(word); child != node->words.end()) {
            enter(*child->second, next_places_);
        }
    }
    places_.swap(next_places_);
}

void TopicIndex::route(std::string_view routing_key, LazyHeaders& /*headers*/, std::vector<RoutingTarget*>& targets) {
    ++step_;
    places_.clear();
    enter(root_, places_);
    for (bool more = !routing_key.empty(); more && !places_.empty();) {
        std::string_view word;
        std::tie(word, more) = take_word(routing_key);
        step(word);
    }
    for (const Node* node : places_) node->bindings.append_targets(targets);
}

void TopicIndex::for_each(const std::function<void(const Binding&)>& visit) const {
    for_each(root_, visit);
}

void TopicIndex::for_each(const Node& node, const std::function<void(const Binding&)>& visit) {
    for (const Binding& binding : node.bindings) visit(binding);
    for (const auto& [word, child] : node.words) for_each(*child, visit);
    if (node.any_word) for_each(*node.any_word, visit);
    if (node.any_words) for_each(*node.any_words, visit);
}

}  // namespace hiratake::broker::core
