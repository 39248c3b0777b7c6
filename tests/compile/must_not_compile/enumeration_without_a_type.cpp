// expects: an enumeration without a fixed underlying type cannot be reflected
#include "hiratake/payload/convert.hpp"

enum Colour { red, green };

hiratake::Value converted() {
    return hiratake::to_value(red);
}
