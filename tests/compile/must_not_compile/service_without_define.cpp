// expects: a service class needs a function that names its entrypoints
#include "hiratake/hiratake.hpp"

struct Mail {
    static constexpr auto name = "mail";
};

hiratake::ServiceDefinition definition() {
    return hiratake::define_service<Mail>();
}
