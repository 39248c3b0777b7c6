#pragma once

#include <hiratake/hiratake.hpp>
#include <stdexcept>
#include <string>

struct Compute {
    static constexpr auto name = "compute";
    hiratake::RpcProxy mail{"mail"};

    long compute(std::string operation, long value, long other, std::string email) {
        try {
            const long result = calculate(operation, value, other);
            mail.call_async("send", email, "Your operation is complete!", "The result is: " + std::to_string(result));
            return result;
        } catch (const std::exception& error) {
            mail.call_async("send", email, "An error occurred", error.what());
            throw;
        }
    }

    static long calculate(const std::string& operation, long value, long other) {
        long result = 0;
        bool overflow = false;
        if (operation == "sum") {
            overflow = __builtin_add_overflow(value, other, &result);
        } else if (operation == "mul") {
            overflow = __builtin_mul_overflow(value, other, &result);
        } else if (operation == "sub") {
            overflow = __builtin_sub_overflow(value, other, &result);
        } else if (operation == "div") {
            if (other == 0) throw std::invalid_argument("division by zero");
            overflow = __builtin_sub_overflow(0L, value, &result) && other == -1;
            if (!overflow) result = value / other;
        } else {
            throw std::invalid_argument("unknown operation '" + operation + "': use sum, mul, div or sub");
        }
        if (overflow) throw std::overflow_error("the result is too large");
        return result;
    }

    static void define(hiratake::Service<Compute>& compute) {
        compute.rpc<&Compute::compute>("operation", "value", "other", "email")
            .expects<std::invalid_argument, std::overflow_error>()
            .doc("Compute sum, mul, div or sub of two integers and mail the outcome.");
    }
};
