#include <gtest/gtest.h>

#include <latch>
#include <optional>
#include <string>
#include <vector>

#include "hiratake/payload/json.hpp"
#include "hiratake/rpc/service_description.hpp"
#include "shell/description_text.hpp"
#include "support/service_test.hpp"

namespace hiratake {
namespace {

struct Item {
    std::string name;
    std::optional<int> count;

    static void describe(Fields& fields) { fields["name"].doc("In the catalogue").max_length(40); }
};

enum class Colour { red, green };

struct Catalogue {
    static constexpr auto name = "test_describe_shop";

    std::vector<Item> find(std::string text, int limit) { return {{text, limit}}; }
    void paint(Item, Colour) {}
    void on_paid(Item) {}

    static void define(Service<Catalogue>& shop) {
        shop.doc("Sells things.").version("1.2.0");
        shop.rpc<&Catalogue::find>("text", arg("limit", 10).minimum(1).maximum(100)).doc("Look for items.");
        shop.rpc<&Catalogue::paint>("item", "colour");
        shop.on_event<&Catalogue::on_paid>("payments", "paid", {.type = HandlerType::singleton});
    }
};

/// Its only worker waits, so that nothing else of it can run.
struct Busy {
    static constexpr auto name = "test_describe_busy";
    static inline std::latch* begun = nullptr;
    static inline std::latch* may_end = nullptr;

    void wait() {
        begun->count_down();
        run_blocking([] { may_end->wait(); });
    }

    static void define(Service<Busy>& busy) { busy.rpc<&Busy::wait>(); }
};

class Describe : public test::ServiceTest {};

TEST_P(Describe, tells_what_a_service_can_do) {
    run<Catalogue>();
    const auto description = describe_service(cluster(), "test_describe_shop");
    EXPECT_EQ(shell::to_text(description), R"(test_describe_shop 1.2.0
Sells things.

find(text: string, limit: integer = 10) → [Item]
    Look for items.
    limit: 1 to 100

paint(item: Item, colour: 'red' | 'green')

events
    payments paid → on_paid(Item), singleton

Item
    name: string   at most 40 characters; In the catalogue
    count: integer | null
)");
    EXPECT_EQ(write_json(description.find_method("find")->parameters.at(1).schema),
              R"({"type": "integer", "minimum": 1, "maximum": 100, "default": 10})");
}

TEST_P(Describe, needs_no_worker) {
    std::latch begun{1};
    std::latch may_end{1};
    Busy::begun = &begun;
    Busy::may_end = &may_end;
    run<Busy>(Config{Object{{"max_workers", 1}, {"prefetch", 2}}});
    auto waiting = service("test_describe_busy").call_async<void>("wait");
    begun.wait();
    EXPECT_EQ(describe_service(cluster(), "test_describe_busy").methods.size(), 1U);
    may_end.count_down();
    waiting.result();
}

TEST_P(Describe, fails_for_a_service_that_is_not_there) {
    run<Catalogue>();
    EXPECT_THROW(describe_service(cluster(), "test_describe_nobody"), UnknownService);
}

INSTANTIATE_TEST_SUITE_P(over, Describe, test::all_brokers(), test::broker_name);

}  // namespace
}  // namespace hiratake
