#include "hiratake/service/error_description.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace billing {
struct CardDeclined : std::runtime_error {
    using std::runtime_error::runtime_error;
};
template <class T>
struct Wrapped : std::exception {};
}  // namespace billing

namespace hiratake {
namespace {

struct Local : std::exception {};

ErrorDescription described(auto error) {
    return ErrorDescription::of(std::make_exception_ptr(std::move(error)));
}

TEST(ErrorDescription, writes_types_as_python_paths) {
    const ErrorDescription standard = described(std::invalid_argument{"bad"});
    EXPECT_EQ(standard.type, "invalid_argument");
    EXPECT_EQ(standard.path, "std.invalid_argument");
    EXPECT_EQ(standard.message, "bad");
    EXPECT_EQ(described(billing::CardDeclined{"no"}).path, "billing.CardDeclined");
    EXPECT_EQ(described(Local{}).path, "hiratake.Local");
}

TEST(ErrorDescription, keeps_a_templates_arguments_with_its_name) {
    EXPECT_EQ(described(billing::Wrapped<billing::CardDeclined>{}).type, "Wrapped<billing.CardDeclined>");
}

TEST(ErrorDescription, names_the_type_of_what_is_no_exception) {
    EXPECT_EQ(described(42).type, "int");
    EXPECT_EQ(described(42).message, "");
}

}  // namespace
}  // namespace hiratake
