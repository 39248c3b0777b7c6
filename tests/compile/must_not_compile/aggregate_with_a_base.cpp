// expects: an aggregate with a base class cannot be reflected
#include "hiratake/payload/convert.hpp"

struct Base {
    int number = 0;
};
struct Reading : Base {
    int value = 0;
};

hiratake::Value converted() {
    return hiratake::to_value(Reading{});
}
