#include <hiratake/hiratake.hpp>
#include <string>

enum class Operation { sum, mul, div, sub };

struct ComputeRequest {
    Operation operation;
    long value;
    long other;
    std::string email;

    static void describe(hiratake::Fields& fields) {
        fields["value"].example(30);
        fields["other"].example(10);
        fields["email"].doc("Where the result goes.").format("email").example("name@email.com");
    }
};

struct Api {
    static constexpr auto name = "api";
    hiratake::RpcProxy mail{"mail"};
    hiratake::RpcProxy compute{"compute"};

    static constexpr auto answer = "Please wait the calculation, you'll receive an email with results";

    std::string submit(ComputeRequest request) {
        mail.call_async("send", request.email, "API Notification", answer);
        compute.call_async("compute", request.operation, request.value, request.other, request.email);
        return answer;
    }

    static void define(hiratake::Service<Api>& api) {
        api.doc("Computes in the background: the result comes by e-mail.").version("1.0.0");
        api.post<&Api::submit>("/compute").doc("Start a computation; its result comes by e-mail.").example(answer);
    }
};

int main(int argc, char** argv) {
    return hiratake::main<Api>(argc, argv);
}
