#include <hiratake/hiratake.hpp>
#include <string>

namespace bench {

struct Greeting {
    std::string message;
};

struct Hello {
    static constexpr auto name = "bench_hello";

    Greeting hello() { return {"hello, world"}; }

    static void define(hiratake::Service<Hello>& hello) { hello.get<&Hello::hello>("/hello"); }
};

}  // namespace bench

int main(int argc, char** argv) {
    return hiratake::main<bench::Hello>(argc, argv);
}
