#include "load/load.hpp"

#include <sys/prctl.h>

#include <stdexcept>
#include <vector>

#include "load/timing.hpp"

namespace bench {
namespace {

// Those that are late are sent in turns with taking in what has ended.
constexpr int most_in_a_row = 64;

std::string closed_loop(Caller& caller, const Options& options) {
    std::vector<Clock::time_point> began(static_cast<std::size_t>(options.in_flight));
    Figures figures;
    const auto start = [&](std::uint64_t number) {
        began[number] = Clock::now();
        caller.start(number);
    };
    for (std::uint64_t number = 0; number < began.size(); ++number) start(number);
    const auto measured_from = Clock::now() + to_duration(options.seconds * warm_up_share);
    const auto until = measured_from + to_duration(options.seconds);
    for (std::size_t under_way = began.size(); under_way > 0;) {
        const Ended ended = caller.wait(forever).value();
        if (ended.at >= measured_from && ended.at < until) {
            figures.count(began[ended.number], ended.at);
        } else {
            figures.count_outside();
        }
        if (ended.at < until) {
            start(ended.number);
        } else {
            --under_way;
        }
    }
    return figures.to_json(until - measured_from);
}

std::string open_loop(Caller& caller, const Options& options) {
    // The kernel would wake this thread up to 50 µs late.
    prctl(PR_SET_TIMERSLACK, 1UL);
    const auto in_all = static_cast<std::uint64_t>(options.rate * options.seconds * (1 + warm_up_share));
    const auto not_measured = static_cast<std::uint64_t>(options.rate * options.seconds * warm_up_share);
    Figures figures;
    const auto begin = Clock::now();
    const auto due = [&](std::uint64_t number) {
        return begin + to_duration(static_cast<double>(number) / options.rate);
    };
    const auto given_up_at = due(in_all) + ends_within;
    auto last_end = begin;
    std::uint64_t sent = 0;
    for (std::uint64_t ended_count = 0; ended_count < in_all;) {
        for (int i = 0; i < most_in_a_row && sent < in_all && due(sent) <= Clock::now(); ++i) {
            caller.start(sent++);
        }
        const auto until = sent < in_all ? due(sent) : given_up_at;
        int taken_late = 0;
        while (const auto ended = caller.wait(until)) {
            ++ended_count;
            last_end = ended->at;
            if (ended->number >= not_measured) {
                figures.count(due(ended->number), ended->at);
            } else {
                figures.count_outside();
            }
            const bool is_late = sent < in_all && due(sent) <= ended->at;
            if (ended_count == in_all || (is_late && ++taken_late == most_in_a_row)) break;
        }
        if (Clock::now() > given_up_at) {
            throw std::runtime_error(std::to_string(in_all - ended_count) + " calls have not ended within 10 s");
        }
    }
    return figures.to_json(last_end - due(not_measured));
}

}  // namespace

std::string run_load(Caller& caller, const Options& options) {
    return options.rate > 0 ? open_loop(caller, options) : closed_loop(caller, options);
}

}  // namespace bench
