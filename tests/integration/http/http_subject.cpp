// The service behind the Python programs of this folder.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <hiratake/hiratake.hpp>
#include <string>
#include <thread>

namespace {
std::atomic<long> slow_requests = 0;
}

struct Subject {
    static constexpr auto name = "subject";

    std::string hello() { return "hello"; }
    long sum(long a, long b) { return a + b; }
    std::string echo(std::string content) { return content; }
    std::string keep(hiratake::http::UploadedFile content) { return std::to_string(content.size()); }
    /// What was understood of a request.
    std::string show(hiratake::http::Request request) {
        return request.method + " " + request.target + " " + std::to_string(request.body.size());
    }
    std::string large(long mebibytes) { return std::string(static_cast<std::size_t>(mebibytes) << 20, 'x'); }
    /// As a handler that waits for something else.
    std::string slow(long milliseconds) {
        std::this_thread::sleep_for(std::chrono::milliseconds{milliseconds});
        ++slow_requests;
        return "done";
    }

    static void define(hiratake::Service<Subject>& subject) {
        subject.get<&Subject::hello>("/hello");
        subject.post<&Subject::sum>("/sum", "a", "b");
        subject.post<&Subject::echo>("/echo", hiratake::http::raw_body("content"));
        subject.post<&Subject::keep>("/files", hiratake::http::raw_body("content")).max_body_bytes(64 << 20);
        for (const auto* method : {"GET", "POST", "OPTIONS", "TRACE"}) subject.route<&Subject::show>(method, "/show");
        subject.get<&Subject::large>("/large", "mebibytes");
        subject.get<&Subject::slow>("/slow", "milliseconds");
    }
};

int main(int argc, char** argv) {
    const int code = hiratake::main<Subject>(argc, argv);
    std::printf("finished %ld slow requests\n", slow_requests.load());
    return code;
}
