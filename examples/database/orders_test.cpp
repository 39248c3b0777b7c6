#include "orders.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <hiratake/testing.hpp>
#include <memory>
#include <optional>
#include <string>

#include "connection_pool.hpp"
#include "support/child_process.hpp"

namespace {

using hiratake::testing::TestRunner;
using namespace std::chrono_literals;

/// SQLite in a file, or PostgreSQL in a folder, each the test's own.
class Database {
  public:
    explicit Database(const std::string& kind) {
        if (kind == "sqlite") {
            const auto name = "hiratake-orders-" + std::to_string(getpid()) + ".db";
            file_ = std::filesystem::temp_directory_path() / name;
            uri_ = "sqlite:" + file_.string();
        } else {
            server_.emplace(std::vector<std::string>{HIRATAKE_POSTGRES_SCRIPT});
            uri_ = server_->read_line();
        }
    }
    ~Database() {
        if (file_.empty()) return;
        for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + ending);
    }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    const std::string& uri() const { return uri_; }

  private:
    std::filesystem::path file_;
    std::optional<hiratake::test::ChildProcess> server_;
    std::string uri_;
};

class OrdersTest : public testing::TestWithParam<const char*> {
  protected:
    void SetUp() override {
        if (database_.uri().empty()) GTEST_SKIP() << "PostgreSQL is not installed; ./check does";
        runner_.emplace(hiratake::Config{}.with("database.uri", database_.uri()));
        runner_->add(hiratake::define_service<Orders>());
        runner_->start();
        runner_->fire<&Orders::create_table>();
    }
    std::vector<std::string> items() {
        std::vector<std::string> items;
        for (const Order& order : runner_->fire<&Orders::list>(0)) items.push_back(order.item);
        return items;
    }

    Database database_{GetParam()};
    std::optional<TestRunner> runner_;
};

TEST_P(OrdersTest, are_kept) {
    auto orders = runner_->service("orders");
    orders.call("place", std::vector<Order>{{"tea", 2}, {"'); DROP TABLE orders; --", 1L << 40}});
    const auto large = orders.call<std::vector<Order>>("list", 1000);
    ASSERT_EQ(large.size(), 1u);
    EXPECT_EQ(large[0].item, "'); DROP TABLE orders; --");
    EXPECT_EQ(large[0].amount, 1L << 40);
    EXPECT_EQ(items().size(), 2u);
}

TEST_P(OrdersTest, are_taken_back_when_the_method_throws) {
    EXPECT_THROW(runner_->fire<&Orders::place>(std::vector<Order>{{"tea", 2}, {"milk", 0}}), std::invalid_argument);
    EXPECT_TRUE(items().empty());
    runner_->fire<&Orders::place>(std::vector<Order>{{"coffee", 1}});
    EXPECT_EQ(items(), std::vector<std::string>{"coffee"});
}

TEST_P(OrdersTest, come_from_many_workers_at_once) {
    std::vector<hiratake::Reply<void>> replies;
    for (int i = 0; i < 50; ++i) {
        replies.push_back(runner_->service("orders").call_async<void>("place", std::vector<Order>{{"tea", 1}}));
    }
    for (auto& reply : replies) reply.result();
    EXPECT_EQ(items().size(), 50u);
}

TEST_P(OrdersTest, hear_what_the_database_says) {
    const auto connection = database::Connection::open(database_.uri());
    try {
        connection->run("SELECT item FROM nowhere", {});
        FAIL();
    } catch (const database::DatabaseError& error) {
        EXPECT_NE(std::string{error.what()}.find("nowhere"), std::string::npos) << error.what();
    }
    EXPECT_TRUE(connection->is_usable());
}

TEST_P(OrdersTest, have_a_bounded_number_of_connections) {
    const hiratake::SystemClock clock;
    database::ConnectionPool pool{database_.uri(), 1, clock};
    auto connection = pool.begin({});
    EXPECT_THROW(pool.begin(hiratake::Deadline{clock.now()}), database::DatabaseError);
    connection->run("ROLLBACK", {});
    pool.give_back(std::move(connection));
    pool.give_back(pool.begin({}));
}

INSTANTIATE_TEST_SUITE_P(in, OrdersTest, testing::Values("sqlite", "postgresql"),
                         [](const auto& suite) { return std::string{suite.param}; });

class PostgresTest : public OrdersTest {};

TEST_P(PostgresTest, is_connected_to_again_when_it_has_hung_up) {
    EXPECT_TRUE(items().empty());
    database::Connection::open(database_.uri())
        ->run(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
            "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
            {});
    EXPECT_TRUE(items().empty());
}

TEST_P(PostgresTest, ends_a_statement_for_which_nobody_waits_any_more) {
    const hiratake::SystemClock clock;
    database::ConnectionPool pool{database_.uri(), 2, clock};
    // The second deadline has passed before the transaction begins.
    for (const auto patience : {200ms, 0ms}) {
        const auto connection = pool.begin(hiratake::Deadline::after(clock.now(), patience));
        try {
            connection->run("SELECT pg_sleep(60)", {});
            FAIL() << "it has slept";
        } catch (const database::DatabaseError& error) {
            EXPECT_NE(std::string{error.what()}.find("statement timeout"), std::string::npos) << error.what();
        }
    }
}

TEST_P(PostgresTest, keeps_types_apart) {
    struct Row {
        bool yes;
        long number;
        double share;
        std::optional<std::string> nothing;
        std::vector<int> list;
    };
    const auto rows =
        hiratake::from_value<std::vector<Row>>(database::Connection::open(database_.uri())
                                                   ->run("SELECT $1::bool AS yes, $2::int8 AS number, $3::float8 AS "
                                                         "share, $4::text AS nothing, $5::jsonb AS list",
                                                         {true, 1L << 40, 0.5, nullptr, hiratake::Array{1, 2}}));
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_TRUE(rows[0].yes);
    EXPECT_EQ(rows[0].number, 1L << 40);
    EXPECT_EQ(rows[0].share, 0.5);
    EXPECT_FALSE(rows[0].nothing);
    EXPECT_EQ(rows[0].list, (std::vector<int>{1, 2}));
}

INSTANTIATE_TEST_SUITE_P(in, PostgresTest, testing::Values("postgresql"));

TEST(Orders, need_a_database) {
    const auto failure_of = [](const hiratake::Config& config) -> std::string {
        TestRunner runner{config};
        runner.add(hiratake::define_service<Orders>());
        try {
            runner.start();
        } catch (const hiratake::ConfigurationError& error) {
            return error.what();
        }
        return "started";
    };
    EXPECT_EQ(failure_of({}), "database.uri is missing: postgresql://… or sqlite:FILE");
    EXPECT_EQ(failure_of(hiratake::Config{}.with("database.uri", "mysql://user:hush@host/x")),
              "a database is named by postgresql://… or sqlite:FILE, not by 'mysql://user:**@host/x'");
}

}  // namespace
