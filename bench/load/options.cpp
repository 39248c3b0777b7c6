#include "load/options.hpp"

#include <charconv>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bench {
namespace {

template <class Number>
void read(std::string_view text, Number& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 0) {
        throw std::runtime_error("not a number of zero or more: " + std::string{text});
    }
}

}  // namespace

Options Options::parse(int argc, char** argv, int first) {
    Options options;
    const auto into = [](auto& number) { return [&number](std::string_view text) { read(text, number); }; };
    const std::map<std::string_view, std::function<void(std::string_view)>> readers{
        {"in_flight", into(options.in_flight)},
        {"seconds", into(options.seconds)},
        {"rate", into(options.rate)},
        {"text_bytes", into(options.text_bytes)},
        {"prefetch", into(options.prefetch)},
        {"services", into(options.services)},
        {"queues", into(options.queues)},
        {"connections", into(options.connections)},
        {"handlers", into(options.handlers)},
        {"guarantees", into(options.guarantees)},
        {"fibers", into(options.fibers)},
        {"io_threads", into(options.io_threads)},
        {"send_at_once", into(options.send_at_once)},
        {"workers", into(options.workers)},
        {"idle_connections", into(options.idle_connections)},
        {"nameko_wire", into(options.nameko_wire)},
    };
    for (int i = first; i < argc; ++i) {
        const std::string_view argument = argv[i];
        const auto equals = argument.find('=');
        const auto reader = readers.find(argument.substr(0, equals));
        if (equals == std::string_view::npos || reader == readers.end()) {
            throw std::runtime_error("not understood: " + std::string{argument});
        }
        reader->second(argument.substr(equals + 1));
    }
    return options;
}

}  // namespace bench
