// Services whose documents other people's validators look at: something of everything that a definition can say.
#include <chrono>
#include <hiratake/hiratake.hpp>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

enum class Size { small, large };

struct Item {
    std::string product;
    Size size;
    int count;
    std::optional<double> price;
    std::vector<Item> parts;

    static void describe(hiratake::Fields& fields) {
        fields.doc("One line of an order.");
        fields["product"].doc("Its number in the catalogue").pattern("^[A-Z]{2}-[0-9]+$").example("AB-17");
        fields["count"].minimum(1).maximum(100);
    }
};

struct Order {
    std::int64_t id;
    std::vector<Item> items;
    std::map<std::string, std::string> notes;
    std::chrono::year_month_day due;
    std::tuple<double, double> place;
    std::variant<std::string, long> reference;
    std::vector<std::byte> signature;
};

struct Paging {
    static constexpr auto missing_fields = hiratake::MissingFields::keep_defaults;
    static constexpr auto unknown_fields = hiratake::UnknownFields::are_errors;
    unsigned page = 1;
    std::uint64_t seed = 0;
};

std::optional<hiratake::http::Principal> verify(const std::string& token) {
    return hiratake::http::Principal{token};
}

struct SoldOut : hiratake::ApplicationErrorOf<Item> {
    static constexpr auto doc = "There are not as many.";
    using ApplicationErrorOf::ApplicationErrorOf;
};

struct Shop {
    static constexpr auto name = "shop";
    static constexpr auto exceptions = hiratake::exceptions<SoldOut>;
    hiratake::EventDispatcher dispatch;
    hiratake::http::BearerAuth bearer{&verify, {"/browse"}};
    hiratake::http::BasicAuth basic{"http.users"};

    std::vector<Order> list(std::optional<std::string>, int) { return {}; }
    Order order(long) { return {}; }
    long place(Order order) { return order.id; }
    void change(long, Size, std::string) {}
    void forget(long) {}
    std::string receipt(long id) { return std::to_string(id); }
    std::optional<Order> find(std::string, std::vector<Size>) { return std::nullopt; }
    void sign_in(std::string, std::string) {}
    std::vector<std::byte> scan(std::vector<std::byte>) { return {}; }
    hiratake::http::Response raw(const hiratake::http::Request&) { return {}; }
    std::vector<Order> browse(Paging) { return {}; }
    void on_paid(Order) {}
    void on_any(hiratake::Value) {}
    void on_delivery(Order) {}
    void on_returns(std::vector<Item>) {}

    static void define(hiratake::Service<Shop>& shop) {
        shop.doc("Sells things.").version("1.2.0");
        shop.get<&Shop::list>("/orders", "customer", hiratake::arg("limit", 10).minimum(1).doc("How many at most"));
        shop.get<&Shop::order>("/orders/{id}", hiratake::Parameter("id").example(17))
            .doc("One order. It holds its items.");
        shop.post<&Shop::place>("/orders").expects<std::invalid_argument>().maps<SoldOut>(409).sensitive(
            {"items[*].price", "signature"});
        shop.patch<&Shop::change>("/orders/{id}", "id", "size", "reason");
        shop.del<&Shop::forget>("/orders/{id}", "id");
        shop.get<&Shop::receipt>("/orders/{id}/receipt", "id").public_access();
        shop.route<&Shop::raw>("OPTIONS", "/files/{folder}/{name}");
        shop.get<&Shop::browse>("/browse");
        shop.put<&Shop::place>("/order", hiratake::http::body("order"))
            .status(201)
            .example(17)
            .responds(409, "There is such an order already.");
        shop.get<&Shop::find>("/find", hiratake::http::header("X-Customer", "customer"), hiratake::http::query("sizes"))
            .tag("search")
            .summary("Find an order")
            .deprecated();
        shop.post<&Shop::sign_in>("/session", hiratake::http::cookie("session"), "name")
            .maps<std::out_of_range>(403)
            .sensitive({"session", "name"});
        shop.post<&Shop::scan>("/scan", hiratake::http::raw_body("image")).produces("image/png");

        shop.rpc<&Shop::list>("customer", hiratake::arg("limit", 10)).doc("Orders of a customer, or of all.");
        shop.rpc<&Shop::place>();
        shop.rpc<&Shop::forget>("id");
        shop.dispatches<Order>("order_placed").doc("There is a new order.");
        shop.dispatches<std::int64_t>("order #/forgotten");
        shop.on_event<&Shop::on_paid>("payments", "payment_received");
        shop.consume<&Shop::on_delivery>("deliveries");
        shop.consume_batches<&Shop::on_returns>("returns");
        shop.on_event<&Shop::on_any>("payments", "payment.#", {.type = hiratake::HandlerType::singleton});
        shop.on_event<&Shop::on_any>("stock", "emptied",
                                     {.type = hiratake::HandlerType::broadcast, .reliable_delivery = false});
    }
};

struct Stock {
    static constexpr auto name = "stock";
    int left(std::string) { return 0; }

    static void define(hiratake::Service<Stock>& stock) { stock.rpc<&Stock::left>("product"); }
};

int main(int argc, char** argv) {
    return hiratake::main<Shop, Stock>(argc, argv);
}
