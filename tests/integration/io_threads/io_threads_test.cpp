#include <gmock/gmock.h>

#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "hiratake/base/error.hpp"
#include "hiratake/service/environment.hpp"
#include "hiratake/service/health.hpp"
#include "hiratake/service/metrics.hpp"
#include "hiratake/service/service_container.hpp"
#include "support/journal.hpp"
#include "support/service_test.hpp"

namespace hiratake {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

std::string this_thread() {
    std::ostringstream text;
    text << std::this_thread::get_id();
    return text.str();
}

/// A dependency that shows what the process tells of itself.
class Reports {
  public:
    std::string metrics() const { return environment_->metrics.text(); }
    std::vector<std::string> healthy_parts() const {
        std::vector<std::string> names;
        for (const Health::Part& part : environment_->health.summary().parts) {
            if (part.report.state == HealthState::ready) names.push_back(part.name);
        }
        return names;
    }

    std::unique_ptr<DependencyProvider> make_provider() const { return std::make_unique<Provider>(); }

  private:
    class Provider final : public DependencyProviderOf<Reports> {
      public:
        void setup(ServiceContainer& container) override { environment_ = &container.environment(); }
        void provide(Reports& member, WorkerContext&) override { member.environment_ = environment_; }

      private:
        const Environment* environment_ = nullptr;
    };

    const Environment* environment_ = nullptr;
};

test::Journal journal;

struct Field {
    static constexpr auto name = "test_io_field";
    EventDispatcher dispatch;
    Reports reports;

    std::string thread() { return this_thread(); }
    std::string harvest(std::string crop) {
        dispatch("harvested", crop);
        return crop;
    }
    std::string metrics() { return reports.metrics(); }
    std::vector<std::string> healthy_parts() { return reports.healthy_parts(); }

    static void define(Service<Field>& field) {
        field.rpc<&Field::thread>();
        field.rpc<&Field::harvest>("crop");
        field.rpc<&Field::metrics>();
        field.rpc<&Field::healthy_parts>();
    }
};

struct Mill {
    static constexpr auto name = "test_io_mill";
    RpcProxy field{"test_io_field"};

    std::string thread() { return this_thread(); }
    std::string grind(std::string crop) { return "ground " + field.call<std::string>("harvest", crop); }
    void grind_later(std::string crop) {
        pause_for(200ms);
        journal.add("ground " + crop);
    }

    static void define(Service<Mill>& mill) {
        mill.rpc<&Mill::thread>();
        mill.rpc<&Mill::grind>("crop");
        mill.rpc<&Mill::grind_later>("crop");
    }
};

struct Bakery {
    static constexpr auto name = "test_io_bakery";
    RpcProxy mill{"test_io_mill"};

    std::string thread() { return this_thread(); }
    std::string bake(std::string crop) { return "baked " + mill.call<std::string>("grind", crop); }
    void on_harvested(std::string crop) { journal.add("heard of " + crop); }

    static void define(Service<Bakery>& bakery) {
        bakery.rpc<&Bakery::thread>();
        bakery.rpc<&Bakery::bake>("crop");
        bakery.on_event<&Bakery::on_harvested>("test_io_field", "harvested");
    }
};

Config spread(int io_threads, const char* workers = "fibers") {
    return Config{}.with("io_threads", io_threads).with("workers", workers).with("max_workers", 200);
}

class IoThreads : public test::ServiceTest {
  protected:
    void SetUp() override {
        journal.clear();
        ServiceTest::SetUp();
    }
    void run_all(const Config& config) { run<Field, Mill, Bakery>(config); }
    std::string thread_of(const std::string& service_name) { return service(service_name).call<std::string>("thread"); }
    void bake_many() {
        constexpr int many = 100;
        std::vector<Reply<std::string>> replies;
        for (int i = 0; i < many; ++i) {
            replies.push_back(service("test_io_bakery").call_async<std::string>("bake", std::to_string(i)));
        }
        for (int i = 0; i < many; ++i) {
            EXPECT_EQ(replies[static_cast<std::size_t>(i)].result(), "baked ground " + std::to_string(i));
        }
        EXPECT_EQ(journal.wait_for(many).size(), many);
    }
};

TEST_P(IoThreads, give_each_service_a_thread_in_turn) {
    run_all(spread(2));
    const std::string field = thread_of("test_io_field");
    EXPECT_NE(field, thread_of("test_io_mill"));
    EXPECT_EQ(field, thread_of("test_io_bakery"));
    EXPECT_EQ(field, thread_of("test_io_field"));
}

TEST_P(IoThreads, are_one_unless_set) {
    run_all(Config{}.with("workers", "fibers"));
    EXPECT_EQ(thread_of("test_io_field"), thread_of("test_io_mill"));
    EXPECT_THAT(service("test_io_field").call<std::vector<std::string>>("healthy_parts"), testing::Contains("broker"));
}

TEST_P(IoThreads, carry_calls_and_events_between_services_on_fibers) {
    run_all(spread(3));
    bake_many();
    EXPECT_TRUE(stop());
}

TEST_P(IoThreads, carry_calls_and_events_between_services_on_threads) {
    run_all(spread(3, "threads"));
    bake_many();
    EXPECT_TRUE(stop());
}

TEST_P(IoThreads, let_work_end_before_they_stop) {
    run_all(spread(3));
    std::vector<Reply<void>> replies;
    for (int i = 0; i < 10; ++i) {
        replies.push_back(service("test_io_mill").call_async<void>("grind_later", std::to_string(i)));
    }
    thread_of("test_io_mill");  // so all of them are there
    replies.clear();
    EXPECT_TRUE(stop());
    EXPECT_EQ(journal.wait_for(10).size(), 10);
}

TEST_P(IoThreads, report_a_broker_connection_each) {
    run_all(spread(3));
    const RpcProxy field = service("test_io_field");
    EXPECT_THAT(field.call<std::vector<std::string>>("healthy_parts"),
                testing::IsSupersetOf({"broker 1", "broker 2", "broker 3"}));
    const auto metrics = field.call<std::string>("metrics");
    EXPECT_THAT(metrics, HasSubstr("hiratake_broker_connected{io_thread=\"1\"} 1"));
    EXPECT_THAT(metrics, HasSubstr("hiratake_broker_connected{io_thread=\"3\"} 1"));
}

TEST_P(IoThreads, without_a_service_have_no_connection) {
    run_all(spread(8));
    EXPECT_THAT(service("test_io_field").call<std::vector<std::string>>("healthy_parts"),
                Not(testing::Contains("broker 1")));
    bake_many();
}

TEST_P(IoThreads, are_from_1_to_256) {
    for (const int wrong : {0, -1, 257}) {
        try {
            run_all(spread(wrong));
            ADD_FAILURE() << "no exception";
        } catch (const ConfigurationError& error) {
            EXPECT_THAT(error.what(), HasSubstr("io_threads: " + std::to_string(wrong) + " is not between 1 and 256"));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(over, IoThreads, test::all_brokers(), test::broker_name);

}  // namespace
}  // namespace hiratake
