#pragma once

#include <hiratake/hiratake.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "session.hpp"

struct Order {
    std::string item;
    long amount;
};

struct Orders {
    static constexpr auto name = "orders";
    database::Session db;

    void create_table() {
        db.execute("CREATE TABLE IF NOT EXISTS orders (item TEXT NOT NULL, amount BIGINT NOT NULL)");
    }

    /// All of them or, where one is wrong, none.
    void place(std::vector<Order> orders) {
        for (const Order& order : orders) {
            db.execute("INSERT INTO orders (item, amount) VALUES ($1, $2)", order.item, order.amount);
            if (order.amount < 1) throw std::invalid_argument("an order of nothing");
        }
        db.commit();  // before the caller is told
    }

    std::vector<Order> list(long at_least) {
        return db.query<Order>("SELECT item, amount FROM orders WHERE amount >= $1 ORDER BY item", at_least);
    }

    static void define(hiratake::Service<Orders>& orders) {
        orders.rpc<&Orders::create_table>();
        orders.rpc<&Orders::place>("orders").expects<std::invalid_argument>();
        orders.rpc<&Orders::list>(hiratake::arg("at_least", 0));
    }
};
