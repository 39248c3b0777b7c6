#include "shell/interpreter.hpp"

#include <gmock/gmock.h>

#include "fake_cluster.hpp"
#include "hiratake/rpc/rpc_error.hpp"
#include "shell/interrupted.hpp"

namespace hiratake::shell {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Shell : public testing::Test {
  protected:
    /// What the input prints, or its error behind "! ", or "…" when it is incomplete.
    std::string run(std::string_view text) {
        printed.clear();
        const Interpreter::Outcome outcome = interpreter.evaluate(text);
        if (outcome.status == Interpreter::Status::incomplete) return "…";
        if (outcome.status == Interpreter::Status::failed) return printed + "! " + outcome.error;
        return printed;
    }
    std::string run_answering(Value answer, std::string_view text) {
        cluster.answer = [answer] { return answer; };
        return run(text);
    }
    template <class Exception>
    std::string run_failing(Exception error, std::string_view text) {
        cluster.answer = [error]() -> Value { throw error; };
        return run(text);
    }

    std::string printed;
    FakeCluster cluster;
    Interpreter interpreter{cluster, Object{{"AMQP_URI", "amqp://localhost"}, {"max_workers", 10}},
                            [this](std::string_view text) { printed += text; }};
};

TEST_F(Shell, calls_methods_and_shows_their_results) {
    EXPECT_EQ(run("n.rpc.mail.send(\"name@email.com\", \"testing\", \"Just testing\")"), "");
    EXPECT_EQ(run_answering(40, "n.rpc.compute.compute('sum', 30, 10, \"name@email.com\")"), "40\n");
    EXPECT_THAT(cluster.calls, ElementsAre(R"(mail.send ["name@email.com", "testing", "Just testing"] {})",
                                           R"(compute.compute ["sum", 30, 10, "name@email.com"] {})"));
}

TEST_F(Shell, makes_a_keyword_call_of_a_single_table_with_text_keys) {
    run("n.rpc.compute.compute{operation='sum', value=30, other=10, email='a@b'}");
    run("n.rpc.a.b{}");
    EXPECT_THAT(cluster.calls,
                ElementsAre(R"(compute.compute [] {"email": "a@b", "operation": "sum", "other": 10, "value": 30})",
                            R"(a.b [] {})"));
}

TEST_F(Shell, passes_other_tables_as_arguments) {
    run("n.rpc.a.b({1, 2})");
    run("n.rpc.a.b({x=1}, 2)");
    run("n.rpc.a.b(n.map{x=1})");
    run("n.rpc.a.b(n.array{})");
    run("n.rpc.a.b({{}, {y={true}}})");
    EXPECT_THAT(cluster.calls, ElementsAre("a.b [[1, 2]] {}", R"(a.b [{"x": 1}, 2] {})", R"(a.b [{"x": 1}] {})",
                                           "a.b [[]] {}", R"(a.b [[{}, {"y": [true]}]] {})"));
}

TEST_F(Shell, keeps_integers_floats_and_nothing_apart) {
    run("n.rpc.a.b(1, 1.0, nil, n.null, 9223372036854775807, false)");
    run("n.rpc.a.b(nil)");
    run("n.rpc.a.b()");
    EXPECT_THAT(cluster.calls,
                ElementsAre("a.b [1, 1.0, null, null, 9223372036854775807, false] {}", "a.b [null] {}", "a.b [] {}"));
}

TEST_F(Shell, reaches_names_that_are_no_lua_words) {
    run("n.rpc['my-service']['a.b'](1)");
    EXPECT_THAT(cluster.calls, ElementsAre("my-service.a.b [1] {}"));
}

TEST_F(Shell, forgives_a_colon_in_the_place_of_the_dot) {
    run("n.rpc.mail:send(1)");
    run("n.rpc.mail.send:call_async(2)");
    EXPECT_THAT(cluster.calls, ElementsAre("mail.send [1] {}", "mail.send [2] {}"));
}

TEST_F(Shell, refuses_what_cannot_be_sent_in_one_line) {
    EXPECT_EQ(run("n.rpc.a.b(print)"), "! Error: a function cannot be sent");
    EXPECT_THAT(run("n.rpc.a.b({1, 2, x=3})"), HasSubstr("either an array (keys 1 to n) or a map"));
    EXPECT_THAT(run("n.rpc.a.b({[1]=1, [3]=3})"), HasSubstr("no holes; use n.null"));
    EXPECT_THAT(run("t = {1}; t[2] = t; n.rpc.a.b(t)"), HasSubstr("more than 100 levels deep"));
    EXPECT_THAT(run("n.rpc[1].b()"), HasSubstr("the name of a service is a text, not a number"));
    EXPECT_TRUE(cluster.calls.empty());
}

TEST_F(Shell, shows_results_of_every_kind) {
    EXPECT_EQ(run_answering("Grüße \"x\"\n", "n.rpc.a.b()"), "\"Grüße \\\"x\\\"\\n\"\n");
    EXPECT_EQ(run_answering(3.0, "n.rpc.a.b()"), "3.0\n");
    EXPECT_EQ(run_answering(true, "n.rpc.a.b()"), "true\n");
    EXPECT_EQ(run_answering(BigInteger{"123456789012345678901234567890"}, "n.rpc.a.b()"),
              "\"123456789012345678901234567890\"\n");
    EXPECT_EQ(run_answering(Object{{"b", Array{1, nullptr, 2.5}}, {"a", Object{}}, {"c", Array{}}}, "n.rpc.a.b()"),
              "{\"a\": {}, \"b\": [1, null, 2.5], \"c\": []}\n");
}

TEST_F(Shell, sends_a_result_back_as_it_came) {
    run_answering(Object{{"items", Array{}}, {"none", nullptr}}, "x = n.rpc.a.b()");
    run("n.rpc.a.c(x)");
    EXPECT_EQ(cluster.calls.back(), R"(a.c [{"items": [], "none": null}] {})");
}

TEST_F(Shell, waits_for_an_asynchronous_call_only_when_asked) {
    EXPECT_EQ(run("r = n.rpc.compute.compute.call_async('sum', 30, 10, 'a@b')"), "");
    EXPECT_EQ(cluster.waits, 0);
    EXPECT_EQ(run("r"), "<reply of compute.compute>\n");
    EXPECT_EQ(run_answering(40, "r:result()"), "40\n");
    EXPECT_EQ(run_answering(40, "r:result()"), "40\n");
    EXPECT_EQ(run("r.result()"), "! Error: this is not a reply; write reply:result(), with a colon");
    run("r = nil; collectgarbage()");
    EXPECT_EQ(cluster.dropped, 1);
    run("n.rpc.a.b.call_async{x=1}");
    EXPECT_EQ(cluster.calls.back(), R"(a.b [] {"x": 1})");
}

TEST_F(Shell, shows_remote_errors_in_one_line) {
    EXPECT_EQ(run_failing(RemoteError{"ValueError", "builtins.ValueError", "bad", {}}, "n.rpc.a.b()"),
              "! RemoteError: ValueError: bad");
    EXPECT_EQ(run_failing(RemoteError{"KeyError", "", "", {}}, "n.rpc.a.b()"), "! RemoteError: KeyError");
    EXPECT_EQ(run_failing(RemoteError{"E", "", "two\nlines", {}}, "n.rpc.a.b()"), "! RemoteError: E: two lines");
    EXPECT_THAT(run_failing(UnknownService{"a"}, "n.rpc.a.b()"), HasSubstr("! UnknownService: "));
    EXPECT_EQ(run_failing(RpcTimeout{"no reply in 30 s"}, "n.rpc.a.b()"), "! RpcTimeout: no reply in 30 s");
    EXPECT_EQ(run_failing(IncorrectSignature{"missing x"}, "n.rpc.a.b()"), "! IncorrectSignature: missing x");
}

TEST_F(Shell, lets_a_script_handle_errors) {
    cluster.answer = []() -> Value { throw RemoteError{"ValueError", "", "bad", {}}; };
    EXPECT_EQ(run("ok, e = pcall(n.rpc.a.b, 1)"), "");
    EXPECT_EQ(run("print(ok, e, e.kind, e.type, e.message)"),
              "false\tRemoteError: ValueError: bad\tRemoteError\tValueError\tbad\n");
}

TEST_F(Shell, shows_lua_errors_without_a_trace) {
    EXPECT_EQ(run("nothing.at_all"), "! attempt to index a nil value (global 'nothing')");
    EXPECT_EQ(run("x = 1\nerror('oh')"), "! line 2: oh");
    EXPECT_THAT(run("x = = 1"), HasSubstr("! unexpected symbol near '='"));
    EXPECT_EQ(run("error({})"), "! an error that is a table");
    EXPECT_EQ(run("error()"), "! an error that is a nil");
}

TEST_F(Shell, evaluates_expressions_and_statements) {
    EXPECT_EQ(run("1 + 1"), "2\n");
    EXPECT_EQ(run("1, 'a', nil"), "1\t\"a\"\tnil\n");
    EXPECT_EQ(run("x = 5"), "");
    EXPECT_EQ(run("x"), "5\n");
    EXPECT_EQ(run("nil"), "");
    EXPECT_EQ(run(""), "");
    EXPECT_EQ(run("-- a comment"), "");
    EXPECT_EQ(run("print('a', 1)"), "a\t1\n");
    EXPECT_EQ(run("{1, 2, {a = 'b'}}"), "[1, 2, {\"a\": \"b\"}]\n");
}

TEST_F(Shell, keeps_local_variables_for_the_next_input) {
    run("local x = 7");
    EXPECT_EQ(run("x"), "7\n");
    run("local function twice(a) return a * 2 end");
    EXPECT_EQ(run("twice(x)"), "14\n");
}

TEST_F(Shell, asks_for_more_when_an_input_is_cut_off) {
    EXPECT_EQ(run("function f()"), "…");
    EXPECT_EQ(run("n.rpc.a.b("), "…");
    EXPECT_EQ(run("x = {"), "…");
    EXPECT_EQ(run("{"), "…");
    EXPECT_EQ(run("[[text"), "…");
    EXPECT_EQ(run("function f()\nreturn 3 end"), "");
    EXPECT_EQ(run("f()"), "3\n");
    EXPECT_TRUE(cluster.calls.empty());
}

TEST_F(Shell, dispatches_events) {
    run("n.dispatch_event('payments', 'received', {amount=5})");
    run("n.dispatch_event('payments', 'nothing')");
    EXPECT_THAT(cluster.calls, ElementsAre(R"(event payments received {"amount": 5})", "event payments nothing null"));
}

TEST_F(Shell, offers_the_configuration_and_help) {
    EXPECT_EQ(run("n.config.max_workers"), "10\n");
    EXPECT_EQ(run("n.config"), "{\"AMQP_URI\": \"amqp://localhost\", \"max_workers\": 10}\n");
    EXPECT_THAT(run("help()"), HasSubstr("n.rpc.SERVICE.METHOD.call_async"));
    EXPECT_THAT(run("n"), HasSubstr("help()"));
    EXPECT_EQ(run("n.rpc.mail"), "<service mail>\n");
    EXPECT_EQ(run("n.rpc.mail.send"), "<method mail.send>\n");
}

TEST_F(Shell, disconnects) {
    run("n.disconnect()");
    EXPECT_TRUE(cluster.disconnected);
    EXPECT_EQ(run("n.rpc.a.b()"), "! Error: the shell is disconnected");
}

TEST_F(Shell, ends_a_wait_and_a_computation_when_interrupted) {
    cluster.answer = [this]() -> Value {
        interpreter.interrupt();
        throw Interrupted{};
    };
    EXPECT_EQ(run("n.rpc.a.b()"), "! interrupted");
    EXPECT_EQ(cluster.interrupts, 1);
    cluster.answer = [this] {
        interpreter.interrupt();
        return Value{1};
    };
    EXPECT_EQ(run("n.rpc.a.b() while true do end"), "! interrupted");
    EXPECT_EQ(run("1"), "1\n") << "the interruption is over";
}

}  // namespace
}  // namespace hiratake::shell
