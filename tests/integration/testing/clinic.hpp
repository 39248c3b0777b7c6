#pragma once

#include <chrono>
#include <stdexcept>
#include <string>

#include "hiratake/hiratake.hpp"
#include "net/parker.hpp"

namespace hiratake::testing {

/// Clinic::operate() tells the test that it runs, and does not end before the test lets it.
inline net::Parker operation_has_begun;
inline net::Parker operation_may_end;

/// A service with an entrypoint of each kind.
struct Clinic {
    static constexpr auto name = "clinic";
    RpcProxy pharmacy{"pharmacy"};

    long dose(long weight, long age) {
        if (age < 0) throw std::invalid_argument("not born yet");
        return pharmacy.call<long>("factor", age) * weight;
    }
    void operate() {
        operation_has_begun.unpark();
        operation_may_end.park();
    }
    void admit(std::string patient) {
        if (patient.empty()) throw std::invalid_argument("nobody");
    }
    void round() {}

    static void define(Service<Clinic>& clinic) {
        clinic.rpc<&Clinic::dose>("weight", "age").expects<std::invalid_argument>();
        clinic.rpc<&Clinic::operate>();
        clinic.on_event<&Clinic::admit>("street", "accident");
        clinic.every<&Clinic::round>(std::chrono::hours{6});
    }
};

struct Pharmacy {
    static constexpr auto name = "pharmacy";

    long factor(long age) { return age < 12 ? 1 : 2; }

    static void define(Service<Pharmacy>& pharmacy) { pharmacy.rpc<&Pharmacy::factor>("age"); }
};

}  // namespace hiratake::testing
