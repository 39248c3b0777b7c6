#pragma once

#include <string>

namespace hiratake {

/// One thing that is wrong with a value.
struct ValueProblem {
    /// Problems that tell nothing of a value.
    static constexpr const char* missing = "it is missing";
    static constexpr const char* unknown = "it is not known here";

    /// Where: "items[3].price"; empty for the value itself.
    std::string path;
    /// What is there instead: "got a string".
    std::string problem;
    /// What would have been right, as a noun; empty where nothing would: "an integer from 0 to 255".
    std::string expected;
};

}  // namespace hiratake
