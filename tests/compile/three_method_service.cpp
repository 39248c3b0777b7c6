// What tools/header_cost.py compiles to learn what a service costs its author: three methods of ordinary kinds.
#include <hiratake/hiratake.hpp>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

enum class Currency { eur, usd };

struct Item {
    std::string article;
    int count = 1;
    double price = 0;
};

struct Order {
    std::string customer;
    std::vector<Item> items;
    Currency currency = Currency::eur;
    std::optional<std::string> note;
};

struct Shop {
    static constexpr auto name = "shop";
    hiratake::RpcProxy mail{"mail"};

    double place(Order order) {
        if (order.items.empty()) throw std::invalid_argument("an order needs an item");
        double total = 0;
        for (const Item& item : order.items) total += item.count * item.price;
        mail.call_async("send", order.customer, "Your order", "Thank you.");
        return total;
    }

    std::map<std::string, int> stock(std::vector<std::string> articles, int limit) {
        std::map<std::string, int> found;
        for (const std::string& article : articles) found[article] = limit;
        return found;
    }

    long orders_of(std::string customer) { return mail.call<long>("count", customer); }

    static void define(hiratake::Service<Shop>& shop) {
        shop.rpc<&Shop::place>("order").expects<std::invalid_argument>().doc("Place an order.");
        shop.rpc<&Shop::stock>("articles", hiratake::arg("limit", 10));
        shop.rpc<&Shop::orders_of>("customer");
    }
};

int main(int argc, char** argv) {
    return hiratake::main<Shop>(argc, argv);
}
