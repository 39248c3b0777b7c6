// expects: an argument is not of the type that the method takes
#include <hiratake/rpc/proxy.hpp>

struct Mail {
    static constexpr auto name = "mail";
    void send(std::string to, int copies);
};

void remind(const hiratake::Proxy<Mail>& mail) {
    mail.call<&Mail::send>("desk@example.com", "three");
}
