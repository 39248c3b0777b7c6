#pragma once

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "hiratake/hiratake.hpp"

namespace hiratake::test {

enum class Colour { red, green };

struct Part {
    std::string name;
    std::optional<int> count;
    std::vector<Part> parts;

    static void describe(Fields& fields) {
        fields.doc("A part and what it is made of.");
        fields["name"].doc("As in the catalogue");
    }
};

struct Paint {
    static constexpr auto missing_fields = MissingFields::keep_defaults;
    Colour colour = Colour::green;
    double litres = 0.5;
};

struct Missing {
    std::string part;
    int count;
};

struct OutOfStock : ApplicationErrorOf<Missing> {
    static constexpr auto path = "workshop.OutOfStock";
    static constexpr auto doc = "There are not enough parts.";
    using ApplicationErrorOf::ApplicationErrorOf;
};

struct Closed : ApplicationError {
    static constexpr auto path = "workshop.Closed";
    using ApplicationError::ApplicationError;
};

/// A service with a bit of everything that a stub must say.
struct Workshop {
    static constexpr auto name = "test_stub_workshop";
    static constexpr auto exceptions = hiratake::exceptions<OutOfStock, Closed>;

    Part build(std::string title, int count) { return {title, count, {{"screw", std::nullopt, {}}}}; }
    long weigh(Part part) { return static_cast<long>(part.name.size()) * part.count.value_or(1); }
    std::string mix(Paint paint, std::optional<Colour> other) {
        return (paint.colour == Colour::red ? "red" : "green") + std::string{other ? " and another" : ""};
    }
    std::string classify(std::string text) { return "<" + text + ">"; }
    std::map<std::string, long> stock() { return {{"screw", 100}}; }
    void close() {}
    void take(std::string part, int count) {
        if (count == 0) throw Closed{"come tomorrow"};
        throw OutOfStock{"too few", {part, count}};
    }
    void refuse(std::string why) { throw std::invalid_argument(why); }

    static void define(Service<Workshop>& workshop) {
        workshop.doc("Builds things.").version("1.2.0");
        workshop.rpc<&Workshop::build>("title", arg("count", 2).minimum(1).doc("How many")).doc("Build a part.");
        workshop.rpc<&Workshop::weigh>("part");
        workshop.rpc<&Workshop::mix>("paint", arg("other", Value{}));
        workshop.rpc<&Workshop::classify>(arg("class", "\"none\"\n"));
        workshop.rpc<&Workshop::stock>();
        workshop.rpc<&Workshop::close>();
        workshop.rpc<&Workshop::take>("part", "count");
        workshop.rpc<&Workshop::refuse>("why").expects<std::invalid_argument>();
    }
};

}  // namespace hiratake::test
