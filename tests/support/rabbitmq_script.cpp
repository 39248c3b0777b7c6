#include "support/rabbitmq_script.hpp"

#include <array>
#include <cstdio>
#include <stdexcept>

namespace hiratake::test {

std::string run_rabbitmq_script(const std::string& words, const std::string& environment) {
    const std::string command = environment + "'" HIRATAKE_TEST_SUPPORT_FOLDER "/rabbitmq.sh' " + words;
    FILE* output = popen(command.c_str(), "re");
    if (!output) throw std::runtime_error("cannot run " + command);
    std::string text;
    std::array<char, 256> buffer;
    while (std::fgets(buffer.data(), buffer.size(), output)) text += buffer.data();
    if (pclose(output) != 0) throw std::runtime_error("failed: " + command);
    return text.substr(0, text.find('\n'));
}

}  // namespace hiratake::test
