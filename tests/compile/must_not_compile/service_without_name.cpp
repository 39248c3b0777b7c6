// expects: a service class needs a name
#include "hiratake/service/service_builder.hpp"

struct Mail {};

template class hiratake::ServiceBuilder<Mail>;
