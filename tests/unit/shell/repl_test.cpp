#include "shell/repl.hpp"

#include <gmock/gmock.h>

#include <deque>

#include "fake_cluster.hpp"

namespace hiratake::shell {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class TypedLines final : public LineSource {
  public:
    explicit TypedLines(std::deque<Result> results) : results_(std::move(results)) {}

    Result read(const std::string& prompt) override {
        prompts.push_back(prompt);
        if (results_.empty()) return {.status = Status::end};
        Result result = results_.front();
        results_.pop_front();
        return result;
    }

    std::vector<std::string> prompts;

  private:
    std::deque<Result> results_;
};

LineSource::Result line(std::string text) {
    return {.status = LineSource::Status::line, .line = std::move(text)};
}

class Session : public testing::Test {
  protected:
    FakeCluster cluster;
    std::string printed;
    std::string errors;
    Interpreter interpreter{cluster, {}, [this](std::string_view text) { printed += text; }};
    Repl repl{interpreter, [this](std::string_view text) { errors += text; }};
};

TEST_F(Session, reads_until_the_end_and_survives_errors) {
    TypedLines lines{{line("1 + 1"), line("error('oh')"), line("3")}};
    repl.run_interactive(lines);
    EXPECT_EQ(printed, "2\n3\n");
    EXPECT_EQ(errors, "oh\n");
    EXPECT_THAT(lines.prompts, ElementsAre(">>> ", ">>> ", ">>> ", ">>> "));
}

TEST_F(Session, asks_with_another_prompt_for_the_rest_of_an_input) {
    TypedLines lines{{line("function f()"), line("  return 4"), line("end"), line("f()")}};
    repl.run_interactive(lines);
    EXPECT_EQ(printed, "4\n");
    EXPECT_THAT(lines.prompts, ElementsAre(">>> ", "... ", "... ", ">>> ", ">>> "));
}

TEST_F(Session, drops_an_unfinished_input_at_ctrl_c) {
    TypedLines lines{{line("function f("), {.status = LineSource::Status::interrupted}, line("5")}};
    repl.run_interactive(lines);
    EXPECT_EQ(printed, "5\n");
    EXPECT_EQ(errors, "");
}

TEST_F(Session, runs_a_script_as_if_it_were_typed) {
    EXPECT_EQ(repl.run_script("local x = 2\nfunction f(a)\n  return a * x\nend\nf(21)\n\n-- done\n'end'"), 0);
    EXPECT_EQ(printed, "42\n\"end\"\n");
    EXPECT_EQ(errors, "");
}

TEST_F(Session, ends_a_script_at_its_first_error) {
    EXPECT_EQ(repl.run_script("1\nerror('oh')\n2"), 1);
    EXPECT_EQ(printed, "1\n");
    EXPECT_EQ(errors, "oh\n");
}

TEST_F(Session, tells_when_a_script_ends_in_the_midst_of_a_statement) {
    EXPECT_EQ(repl.run_script("for i = 1, 3 do"), 1);
    EXPECT_THAT(errors, HasSubstr("'end' expected near <eof>"));
}

}  // namespace
}  // namespace hiratake::shell
