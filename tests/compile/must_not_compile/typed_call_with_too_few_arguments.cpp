// expects: a typed call takes one argument for each parameter of the method
#include <hiratake/rpc/proxy.hpp>

struct Mail {
    static constexpr auto name = "mail";
    void send(std::string to, std::string subject);
};

void remind(const hiratake::Proxy<Mail>& mail) {
    mail.call<&Mail::send>("desk@example.com");
}
