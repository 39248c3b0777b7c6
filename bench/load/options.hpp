#pragma once

#include <cstddef>

namespace bench {

/// What a program of the benchmarks is asked for on its command line, each as NAME=VALUE.
struct Options {
    /// Calls, or events, under way at once.
    int in_flight = 1;
    double seconds = 1;
    /// Calls per second at moments set in advance (open loop); 0: a new call whenever one ends (closed loop).
    double rate = 0;
    /// The length of the text that goes there and back; 5 is "hello".
    std::size_t text_bytes = 5;
    int prefetch = 1000;
    int services = 1;
    int queues = 1;
    int connections = 1;
    /// Open beside those, without a call.
    int idle_connections = 0;
    int handlers = 1;
    /// 0: transient messages, neither acknowledged nor confirmed.
    int guarantees = 1;
    /// 1: with the exchange, the headers and the properties of Nameko's messages.
    int nameko_wire = 0;
    /// 1: workers are fibers.
    int fibers = 0;
    /// Of the process, where client and services are one.
    int io_threads = 1;
    /// 1: what is published is written at once, not together with what follows.
    int send_at_once = 0;
    int workers = 10'000;

    /// Reads the arguments from `first` on. Throws std::runtime_error for one that cannot be understood.
    static Options parse(int argc, char** argv, int first);
};

}  // namespace bench
