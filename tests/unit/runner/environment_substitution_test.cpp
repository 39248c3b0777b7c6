#include "runner/environment_substitution.hpp"

#include <gtest/gtest.h>

#include <map>

#include "hiratake/base/error.hpp"

namespace hiratake::runner {
namespace {

std::string substituted(std::string_view text) {
    const std::map<std::string, std::string> variables{{"USER", "ann"}, {"EMPTY", ""}, {"PORT", "25"}};
    return substitute_environment(text, [&](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional{found->second};
    });
}

TEST(EnvironmentSubstitution, uses_the_variable_before_the_default) {
    EXPECT_EQ(substituted("${USER}"), "ann");
    EXPECT_EQ(substituted("${USER:bob}"), "ann");
    EXPECT_EQ(substituted("${NOBODY:bob}"), "bob");
    EXPECT_EQ(substituted("amqp://${USER:guest}:${SECRET:guest}@h:${PORT}"), "amqp://ann:guest@h:25");
}

TEST(EnvironmentSubstitution, keeps_a_variable_that_is_set_but_empty) {
    EXPECT_EQ(substituted("[${EMPTY:default}]"), "[]");
}

TEST(EnvironmentSubstitution, makes_nothing_of_an_unset_variable_without_default) {
    EXPECT_EQ(substituted("a${NOBODY}b"), "ab");
}

TEST(EnvironmentSubstitution, nests_defaults_and_keeps_braces_inside_them) {
    EXPECT_EQ(substituted("${A:${B:c}}"), "c");
    EXPECT_EQ(substituted("${A:https://x/{id}}"), "https://x/{id}");
}

TEST(EnvironmentSubstitution, leaves_alone_what_is_no_substitution) {
    EXPECT_EQ(substituted("$USER ${ USER } $${} {USER}"), "$USER ${ USER } $${} {USER}");
    EXPECT_FALSE(has_substitution("$USER ${ USER } ${}"));
    EXPECT_TRUE(has_substitution("x ${USER}"));
}

TEST(EnvironmentSubstitution, refuses_what_is_never_closed_or_too_deep) {
    EXPECT_THROW(substituted("${USER:abc"), ConfigurationError);
    std::string deep = "x";
    for (int i = 0; i < 20; ++i) deep = "${N:" + deep + "}";
    EXPECT_THROW(substituted(deep), ConfigurationError);
}

}  // namespace
}  // namespace hiratake::runner
