// expects: the class must be default constructible
#include "hiratake/service/service_builder.hpp"

struct Mail {
    explicit Mail(int port);
    static constexpr auto name = "mail";
};

template class hiratake::ServiceBuilder<Mail>;
