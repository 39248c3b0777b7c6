#pragma once

#include <cstdint>
#include <memory>

#include "broker/core/binding_index.hpp"
#include "broker/core/binding_list.hpp"
#include "broker/core/string_map.hpp"

namespace hiratake::broker::core {

/// Patterns of words joined by dots, where `*` is exactly one word and `#` any number of them.
///
/// A tree of words, walked with all places that the key may stand at taken together: the work is bounded by the number
/// of the key's words times the number of the tree's nodes, whatever the patterns.
class TopicIndex final : public BindingIndex {
  public:
    bool add(const Binding& binding) override;
    bool remove(const Binding& binding) override;
    void route(std::string_view routing_key, LazyHeaders& headers, std::vector<RoutingTarget*>& targets) override;
    void for_each(const std::function<void(const Binding&)>& visit) const override;
    std::size_t size() const override { return size_; }

  private:
    struct Node {
        StringMap<std::unique_ptr<Node>> words;
        std::unique_ptr<Node> any_word;
        std::unique_ptr<Node> any_words;
        BindingList bindings;
        bool is_any_words = false;
        /// The step of the walk that reached this node last, so that each step holds it once.
        std::uint64_t reached_at_step = 0;

        bool empty() const { return words.empty() && !any_word && !any_words && bindings.empty(); }
    };

    static bool remove(Node& node, std::string_view pattern, bool has_words, const Binding& binding);
    static void for_each(const Node& node, const std::function<void(const Binding&)>& visit);
    void enter(Node& node, std::vector<Node*>& places);
    void step(std::string_view word);

    Node root_;
    std::size_t size_ = 0;
    std::uint64_t step_ = 0;
    // Kept between walks for their memory.
    std::vector<Node*> places_;
    std::vector<Node*> next_places_;
};

}  // namespace hiratake::broker::core
