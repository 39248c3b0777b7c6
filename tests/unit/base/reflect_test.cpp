#include "hiratake/base/reflect.hpp"

#include <gtest/gtest.h>

#include <any>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace hiratake::reflect {
namespace {

using std::string_view_literals::operator""sv;

struct Empty {};

struct Point {
    int x = 0;
    double y = 0;
};

struct Order {
    std::string customer;
    std::vector<Point> items;
    std::optional<std::string> note;
    std::map<std::string, int> counts;
    Point where;
    [[maybe_unused]] static constexpr int not_a_field = 1;
};

struct Varied {
    std::variant<int, std::string> variant;
    std::any any;
    std::function<void()> function;
    std::unique_ptr<int> pointer;
    std::string_view view;
    std::chrono::seconds seconds;
    std::array<int, 3> array;
    bool flag;
    std::optional<bool> maybe;
};

struct AnyFirst {
    std::any any;
};

struct Thirtytwo {
    int a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16;
    int b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15, the_last;
};

TEST(Reflect, counts_fields) {
    EXPECT_EQ(field_count<Empty>, 0u);
    EXPECT_EQ(field_count<Point>, 2u);
    EXPECT_EQ(field_count<Order>, 5u);
    EXPECT_EQ(field_count<Varied>, 9u);
    EXPECT_EQ(field_count<AnyFirst>, 1u);
    EXPECT_EQ(field_count<Thirtytwo>, 32u);
}

TEST(Reflect, names_fields_in_order) {
    EXPECT_TRUE(field_names<Empty>.empty());
    EXPECT_EQ(field_names<Order>, (std::array{"customer"sv, "items"sv, "note"sv, "counts"sv, "where"sv}));
    EXPECT_EQ(field_names<Varied>, (std::array{"variant"sv, "any"sv, "function"sv, "pointer"sv, "view"sv, "seconds"sv,
                                               "array"sv, "flag"sv, "maybe"sv}));
    EXPECT_EQ(field_names<AnyFirst>, (std::array{"any"sv}));
    EXPECT_EQ(field_names<Thirtytwo>.front(), "a1"sv);
    EXPECT_EQ(field_names<Thirtytwo>.back(), "the_last"sv);
}

template <class T>
struct Templated {
    T wrapped;
    std::pair<T, T> two;
};

TEST(Reflect, names_fields_of_local_and_templated_types) {
    struct Local {
        std::string inside_a_function;
        int größe;
    };
    EXPECT_EQ(field_names<Local>, (std::array{"inside_a_function"sv, "größe"sv}));
    EXPECT_EQ((field_names<Templated<std::map<std::string, int>>>), (std::array{"wrapped"sv, "two"sv}));
}

TEST(Reflect, visits_fields_by_reference) {
    Order order{.customer = "Ann", .items = {}, .note = {}, .counts = {}, .where = {.x = 1, .y = 2}};
    std::string seen;
    for_each_field(order, [&seen](std::string_view name, auto& field) {
        seen += name;
        seen += ' ';
        if constexpr (std::is_same_v<std::remove_reference_t<decltype(field)>, std::string>) field = "Bob";
    });
    EXPECT_EQ(seen, "customer items note counts where ");
    EXPECT_EQ(order.customer, "Bob");

    const Point point{.x = 3, .y = 4};
    EXPECT_EQ(visit_fields(point, [](const int& x, const double& y) { return x + y; }), 7);
}

struct WithReference {
    int before;
    int& reference;
};
struct WithArray {
    int before;
    int array[3];
};
struct WithBase : Point {
    int own;
};
struct WithEmptyBase : Empty {
    int own;
};

// What the static_asserts of field_count rest on; the texts themselves are seen by those who make the mistake.
TEST(Reflect, tells_apart_what_it_refuses) {
    EXPECT_TRUE(detail::takes_one_reference_more<WithReference>(std::make_index_sequence<1>{}));
    EXPECT_FALSE(detail::takes<WithReference>(std::make_index_sequence<detail::count_initialisers<WithReference>()>{}));
    EXPECT_FALSE(detail::takes_one_reference_more<Order>(std::make_index_sequence<5>{}));
    EXPECT_FALSE((detail::each_field_takes_braces<WithArray, 4>(std::make_index_sequence<4>{})));
    EXPECT_TRUE((detail::each_field_takes_braces<Order, 5>(std::make_index_sequence<5>{})));
    EXPECT_TRUE(detail::has_base<WithBase>());
    EXPECT_TRUE(detail::has_base<WithEmptyBase>());
    EXPECT_FALSE(detail::has_base<AnyFirst>());
    EXPECT_FALSE(detail::has_base<Order>());
    EXPECT_FALSE(detail::has_base<Empty>());
}

enum class Operation { sum, mul, div, sub };
enum Plain : int { plain_first = -128, plain_last = 127 };
enum class Tiny : unsigned char { zero, most = 127 };
enum class Wide { far = 1000, farther = 1001 };
enum class Nothing {};
enum class Flag : bool { off, on };

}  // namespace

template <>
struct EnumRange<Wide> {
    static constexpr int min = 1000;
    static constexpr int max = 1001;
};

namespace {

TEST(ReflectEnum, lists_enumerators_in_order) {
    std::string names;
    for (const auto& enumerator : enumerators<Operation>) names += std::string(enumerator.name) + " ";
    EXPECT_EQ(names, "sum mul div sub ");
    EXPECT_EQ(enumerators<Nothing>.size(), 0u);
    EXPECT_EQ(enumerators<Flag>.size(), 2u);
}

TEST(ReflectEnum, finds_a_name_for_a_value) {
    EXPECT_EQ(enum_name(Operation::div), "div");
    EXPECT_EQ(enum_name(plain_first), "plain_first");
    EXPECT_EQ(enum_name(plain_last), "plain_last");
    EXPECT_EQ(enum_name(Tiny::most), "most");
    EXPECT_EQ(enum_name(Wide::farther), "farther");
    EXPECT_EQ(enum_name(Flag::on), "on");
    EXPECT_EQ(enum_name(static_cast<Operation>(17)), "");
}

TEST(ReflectEnum, finds_a_value_for_a_name) {
    EXPECT_EQ(enum_value<Operation>("mul"), Operation::mul);
    EXPECT_EQ(enum_value<Wide>("far"), Wide::far);
    EXPECT_EQ(enum_value<Operation>("Mul"), std::nullopt);
    EXPECT_EQ(enum_value<Operation>(""), std::nullopt);
}

TEST(ReflectEnum, works_for_enumerations_local_to_a_function) {
    enum class Local { here, there };
    EXPECT_EQ(enum_name(Local::there), "there");
}

}  // namespace
}  // namespace hiratake::reflect
