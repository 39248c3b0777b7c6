#include "hiratake/service/service_container.hpp"

#include <gmock/gmock.h>

#include <memory>
#include <stdexcept>

#include "hiratake/base/error.hpp"
#include "hiratake/service/config.hpp"
#include "hiratake/service/service_builder.hpp"
#include "support/test_environment.hpp"

namespace hiratake {
namespace {

using testing::ElementsAre;
using Journal = std::vector<std::string>;

/// A dependency that writes down what happens to it, and fails where the test says so.
struct Notebook {
    // Shared between the declaration, its provider and the test, which reads it last.
    std::shared_ptr<Journal> journal = std::make_shared<Journal>();
    std::string fails_in;
    std::string call_id;

    std::unique_ptr<DependencyProvider> make_provider() const;
};

class NotebookProvider final : public DependencyProviderOf<Notebook> {
  public:
    explicit NotebookProvider(Notebook declaration) : declaration_(std::move(declaration)) {}
    void setup(ServiceContainer&) override { note("setup"); }
    void start() override { note("start"); }
    void stop() noexcept override { note("stop"); }
    void kill() noexcept override { note("kill"); }
    void provide(Notebook& member, WorkerContext& context) override {
        note("provide");
        member = declaration_;
        member.call_id = context.call_id();
    }
    void worker_setup(WorkerContext&) override { note("worker_setup"); }
    void worker_result(WorkerContext&, const WorkerResult& result) override {
        note(result.error ? "worker_result error" : "worker_result ok");
    }
    void worker_teardown(WorkerContext&) override { note("worker_teardown"); }

  private:
    void note(const std::string& what) {
        declaration_.journal->push_back(what);
        if (declaration_.fails_in == what) throw std::runtime_error(what + " failed");
    }
    Notebook declaration_;
};

std::unique_ptr<DependencyProvider> Notebook::make_provider() const {
    return std::make_unique<NotebookProvider>(*this);
}

class PlainEntrypoint : public Entrypoint {
  public:
    PlainEntrypoint() : Entrypoint("run") {}
};

struct Sample {
    static constexpr auto name = "sample";
    int plain_member = 7;
    Notebook notebook;

    std::string run() { return notebook.call_id; }
};

class ServiceContainerTest : public testing::Test {
  protected:
    /// Replaces the notebook of the definition by one that the test can see and make fail.
    ServiceDefinition definition(const std::string& fails_in = "") {
        ServiceBuilder<Sample> builder;
        builder.add(std::make_unique<PlainEntrypoint>()).expects<std::invalid_argument>();
        ServiceDefinition result = std::move(builder).finish();
        Notebook notebook{journal, fails_in, ""};
        result.dependencies.at(0).provider = notebook.make_provider();
        return result;
    }

    WorkerResult run(ServiceContainer& container, const ServiceContainer::Call& call) {
        WorkerResult seen;
        container.run_worker(entrypoint, {}, call, [&](WorkerContext&, WorkerResult& result) {
            journal->push_back("result handler");
            seen = result;
        });
        return seen;
    }

    std::shared_ptr<Journal> journal = std::make_shared<Journal>();
    test::TestEnvironment process;
    PlainEntrypoint entrypoint;
};

TEST_F(ServiceContainerTest, finds_the_dependencies_of_an_aggregate_by_itself) {
    const ServiceDefinition found = definition();
    ASSERT_EQ(found.dependencies.size(), 1U);
    EXPECT_EQ(found.dependencies[0].member_name, "notebook");
    EXPECT_EQ(found.name, "sample");
}

TEST_F(ServiceContainerTest, runs_a_worker_through_all_its_hooks_in_nameko_s_order) {
    ServiceContainer container{definition(), process.environment};
    const WorkerResult result = run(container, [](void* object) { return Value{static_cast<Sample*>(object)->run()}; });
    EXPECT_FALSE(result.error);
    EXPECT_EQ(result.returned.value().as_string().substr(0, 11), "sample.run.");
    EXPECT_THAT(*journal,
                ElementsAre("provide", "worker_setup", "result handler", "worker_result ok", "worker_teardown"));
}

TEST_F(ServiceContainerTest, hands_an_exception_to_the_result_handler_and_logs_it_with_the_call_id) {
    ServiceContainer container{definition(), process.environment};
    const WorkerResult result = run(container, [](void*) -> Value { throw std::runtime_error("broken"); });
    EXPECT_TRUE(result.error);
    EXPECT_THAT(*journal,
                ElementsAre("provide", "worker_setup", "result handler", "worker_result error", "worker_teardown"));
    EXPECT_TRUE(process.logged("error in worker sample.run.")) << testing::PrintToString(process.log_lines());
    EXPECT_TRUE(process.logged("runtime_error: broken"));
}

TEST_F(ServiceContainerTest, marks_an_expected_exception_as_such) {
    ServiceContainer container{definition(), process.environment};
    const ServiceDefinition described = definition();
    container.run_worker(
        *described.entrypoints[0], {}, [](void*) -> Value { throw std::invalid_argument("bad"); },
        [](WorkerContext&, WorkerResult&) {});
    EXPECT_TRUE(process.logged("(expected) error in worker"));
}

TEST_F(ServiceContainerTest, does_not_start_with_a_retry_that_an_entrypoint_cannot_do) {
    ServiceBuilder<Sample> builder;
    builder.add(std::make_unique<PlainEntrypoint>()).retry({std::chrono::seconds{1}});
    ServiceContainer container{std::move(builder).finish(), process.environment};
    try {
        container.setup();
        FAIL() << "a plain entrypoint cannot retry";
    } catch (const ConfigurationError& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("`sample.run` cannot have retry()"));
    }
}

/// Has work under way until the drain, which comes to its end or does not.
class BusyEntrypoint final : public PlainEntrypoint {
  public:
    BusyEntrypoint(std::shared_ptr<Journal> journal, bool comes_to_its_end)
        : journal_(std::move(journal)), comes_to_its_end_(comes_to_its_end) {}
    void stop() noexcept override { journal_->push_back("stop entrypoint"); }
    bool drain(Deadline) noexcept override {
        journal_->push_back("drain");
        return comes_to_its_end_;
    }

  private:
    std::shared_ptr<Journal> journal_;
    bool comes_to_its_end_;
};

TEST_F(ServiceContainerTest, lets_entrypoints_end_what_they_have_under_way_before_the_dependencies_stop) {
    for (const bool comes_to_its_end : {true, false}) {
        ServiceDefinition busy = definition();
        busy.entrypoints.push_back(std::make_unique<BusyEntrypoint>(journal, comes_to_its_end));
        ServiceContainer container{std::move(busy), process.environment};
        container.setup();
        container.start();
        journal->clear();
        EXPECT_EQ(container.stop(Deadline::never()), comes_to_its_end);
        EXPECT_THAT(*journal, ElementsAre("stop entrypoint", "drain", "stop"));
    }
}

TEST_F(ServiceContainerTest, keeps_an_exception_of_any_hook_inside_the_worker) {
    for (const std::string hook : {"provide", "worker_setup"}) {
        journal->clear();
        ServiceContainer container{definition(hook), process.environment};
        EXPECT_TRUE(run(container, [](void*) { return Value{1}; }).error) << hook;
        EXPECT_EQ(journal->back(), "worker_teardown") << hook;
    }
    for (const std::string hook : {"worker_result ok", "worker_teardown"}) {
        ServiceContainer container{definition(hook), process.environment};
        EXPECT_FALSE(run(container, [](void*) { return Value{1}; }).error) << hook;
        EXPECT_TRUE(process.logged(hook + " failed"));
    }
}

TEST_F(ServiceContainerTest, sets_up_starts_and_stops_its_extensions_once) {
    ServiceContainer container{definition(), process.environment};
    container.setup();
    container.start();
    EXPECT_TRUE(container.stop(Deadline::never()));
    EXPECT_TRUE(container.stop(Deadline::never()));
    container.kill();
    EXPECT_THAT(*journal, ElementsAre("setup", "start", "stop"));
}

TEST_F(ServiceContainerTest, ends_what_had_started_when_a_start_fails) {
    ServiceContainer container{definition("start"), process.environment};
    container.setup();
    EXPECT_THROW(container.start(), std::runtime_error);
    EXPECT_THAT(*journal, ElementsAre("setup", "start", "kill"));
}

TEST_F(ServiceContainerTest, refuses_a_negative_number_of_workers) {
    process.config = Config{Object{{"max_workers", -1}}};
    EXPECT_THROW((ServiceContainer{definition(), process.environment}), ConfigurationError);
    process.config = Config{Object{{"max_workers", 0}}};
    EXPECT_EQ((ServiceContainer{definition(), process.environment}).max_workers(), 10U);
}

struct Counter : SharedExtension {
    void setup(ServiceContainer&) override { ++setups; }
    int setups = 0;
};

TEST_F(ServiceContainerTest, makes_one_shared_extension_of_each_type) {
    ServiceContainer container{definition(), process.environment};
    EXPECT_EQ(&container.shared<Counter>(), &container.shared<Counter>());
    EXPECT_EQ(container.shared<Counter>().setups, 1);
}

}  // namespace
}  // namespace hiratake
