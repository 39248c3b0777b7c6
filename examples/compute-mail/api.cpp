#include <hiratake/hiratake.hpp>
#include <string>

enum class Operation { sum, mul, div, sub };

struct ComputeRequest {
    Operation operation;
    long value;
    long other;
    std::string email;
};

struct Api {
    static constexpr auto name = "api";
    hiratake::RpcProxy mail{"mail"};
    hiratake::RpcProxy compute{"compute"};

    std::string submit(ComputeRequest request) {
        const std::string answer = "Please wait the calculation, you'll receive an email with results";
        mail.call_async("send", request.email, "API Notification", answer);
        compute.call_async("compute", request.operation, request.value, request.other, request.email);
        return answer;
    }

    static void define(hiratake::Service<Api>& api) {
        api.post<&Api::submit>("/compute").doc("Start a computation; its result comes by e-mail.");
    }
};

int main(int argc, char** argv) {
    return hiratake::main<Api>(argc, argv);
}
