// expects: an aggregate with a C array as a field cannot be reflected
#include "hiratake/payload/convert.hpp"

struct Reading {
    int values[3];
};

hiratake::Value converted() {
    return hiratake::to_value(Reading{});
}
