#include "runner/config_file.hpp"

#include <gmock/gmock.h>

#include "hiratake/base/error.hpp"

namespace hiratake::runner {
namespace {

using testing::HasSubstr;
using testing::Not;

Config parsed(std::string_view yaml) {
    return parse_config(yaml, "service.yaml", [](const std::string& name) -> std::optional<std::string> {
        if (name == "PORT") return "2525";
        if (name == "LIST") return "[1, two]";
        if (name == "PASSWORD") return "a: b ${PORT}";
        return std::nullopt;
    });
}

std::string error_of(std::string_view yaml) {
    try {
        parsed(yaml);
    } catch (const ConfigurationError& error) {
        return error.what();
    }
    return "no error";
}

TEST(ConfigFile, reads_scalars_with_their_types) {
    const Config config = parsed("a: 1\nb: 1.5\nc: true\nd: text\ne:\nf: '1'\ng: \"true\"\nh: 1e3\ni: 0.1.2\nj: yes\n");
    EXPECT_EQ(*config.find("a"), Value{1});
    EXPECT_EQ(*config.find("b"), Value{1.5});
    EXPECT_EQ(*config.find("c"), Value{true});
    EXPECT_EQ(*config.find("d"), Value{"text"});
    EXPECT_TRUE(config.find("e")->is_null());
    EXPECT_EQ(*config.find("f"), Value{"1"});
    EXPECT_EQ(*config.find("g"), Value{"true"});
    EXPECT_EQ(*config.find("h"), Value{1000.0});
    EXPECT_EQ(*config.find("i"), Value{"0.1.2"});
    EXPECT_EQ(*config.find("j"), Value{"yes"});
}

TEST(ConfigFile, substitutes_the_environment_in_plain_scalars_only) {
    const Config config = parsed(
        "a: ${PORT}\nb: '${PORT}'\nc: ${LIST}\nd: ${NONE:7}\ne: !raw_env_var \"${PORT}\"\nf: !env_var '${PORT}'");
    EXPECT_EQ(*config.find("a"), Value{2525});
    EXPECT_EQ(*config.find("b"), Value{"${PORT}"});
    EXPECT_EQ(*config.find("c"), (Value{Array{1, "two"}}));
    EXPECT_EQ(*config.find("d"), Value{7});
    EXPECT_EQ(*config.find("e"), Value{"2525"});
    EXPECT_EQ(*config.find("f"), Value{2525});
}

TEST(ConfigFile, never_substitutes_inside_what_a_variable_holds) {
    EXPECT_EQ(*parsed("p: !raw_env_var '${PASSWORD}'").find("p"), Value{"a: b ${PORT}"});
}

TEST(ConfigFile, names_the_line_of_what_it_cannot_read) {
    EXPECT_THAT(error_of("a: 1\nb: [1, 2\n"), HasSubstr("service.yaml:"));
    EXPECT_THAT(error_of("a: 1\na: 2\n"), HasSubstr("service.yaml:2: `a` is given twice"));
    EXPECT_THAT(error_of("- 1\n"), HasSubstr("must be a map"));
    EXPECT_THAT(error_of("a: ${PORT:x\n"), HasSubstr("service.yaml:1"));
}

TEST(ConfigFile, that_is_missing_is_an_error_with_its_path) {
    EXPECT_THROW(read_config_file("/no/such/file.yaml", process_environment()), ConfigurationError);
}

TEST(ConfigFile, of_nothing_is_an_empty_configuration) {
    EXPECT_TRUE(parsed("# nothing\n").values().empty());
}

TEST(ShowConfig, masks_secrets_wherever_they_are) {
    const std::string shown =
        show_config(parsed("AMQP_URI: amqp://u:hidden1@h/v\nsmtp:\n  user: ann\n  password: hidden2\n  tokens: "
                           "[hidden3]\nport: 25\nzip: '0123'\n"));
    EXPECT_THAT(shown, Not(HasSubstr("hidden")));
    EXPECT_THAT(shown, HasSubstr("AMQP_URI: amqp://u:**@h/v"));
    EXPECT_THAT(shown, HasSubstr("user: ann"));
    EXPECT_THAT(shown, HasSubstr("port: 25"));
    EXPECT_EQ(*parsed(shown).find("zip"), Value{"0123"});
}

}  // namespace
}  // namespace hiratake::runner
