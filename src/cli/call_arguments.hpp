#pragma once

#include <string>
#include <vector>

#include "hiratake/payload/value.hpp"

namespace hiratake::cli {

/// A call as it stands on a command line.
struct CallArguments {
    std::string service{};
    std::string method{};
    Array args{};
    Object kwargs{};

    /// @param target `SERVICE.METHOD`; the method is what follows the last dot
    /// @param words each is one argument, as JSON where it is JSON and else as the text it is; `name=value` is a
    /// keyword
    ///        argument. A text that could be taken for something else is given in JSON's quotes: '"30"'
    /// @throws ConfigurationError for a target without a dot and for a keyword given twice
    static CallArguments parse(const std::string& target, const std::vector<std::string>& words);
};

}  // namespace hiratake::cli
