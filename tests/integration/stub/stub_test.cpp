#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "hiratake/rpc/service_description.hpp"
#include "integration/stub/workshop.hpp"
#include "integration/stub/workshop_client.hpp.generated"
#include "stub/cpp_stub.hpp"
#include "stub/python_stub.hpp"
#include "support/service_test.hpp"

namespace hiratake {
namespace {

namespace workshop = test_stub_workshop_service;

std::string kept(const std::string& file) {
    std::ifstream stream{std::string{HIRATAKE_STUB_TEST_FOLDER} + "/" + file};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

/// A service that calls another by its stub.
struct Foreman {
    static constexpr auto name = "test_stub_foreman";
    workshop::Client client;

    long order(std::string part) {
        auto built = client.build.async(part, 3);
        return client.weigh(built.result());
    }

    static void define(Service<Foreman>& foreman) { foreman.rpc<&Foreman::order>("part"); }
};

class Stub : public test::ServiceTest {
  protected:
    void SetUp() override {
        ServiceTest::SetUp();
        if (!IsSkipped()) run<test::Workshop, Foreman>();
    }
};

// After a change of the generators: `hiratake stub` writes the two files anew.
TEST_P(Stub, is_written_from_a_running_service) {
    const auto description = describe_service(cluster(), "test_stub_workshop");
    EXPECT_EQ(stub::write_cpp_stub(description), kept("workshop_client.hpp.generated"));
    EXPECT_EQ(stub::write_python_stub(description), kept("workshop_client.py.generated"));
}

TEST_P(Stub, calls_with_structs_enumerations_and_defaults) {
    workshop::Client client{cluster()};
    const workshop::Part part = client.build("frame");
    EXPECT_EQ(part.name, "frame");
    EXPECT_EQ(part.count, 2);
    ASSERT_EQ(part.parts.size(), 1U);
    EXPECT_EQ(part.parts[0].name, "screw");
    EXPECT_EQ(client.weigh(part), 10);
    EXPECT_EQ(client.mix({}), "green");
    EXPECT_EQ(client.mix({.colour = workshop::Colour::red}, workshop::Colour::green), "red and another");
    EXPECT_EQ(client.classify(), "<\"none\"\n>");
    EXPECT_EQ(client.stock().at("screw"), 100);
    client.close();
    EXPECT_THROW(client.refuse("no wood"), RemoteError);
    EXPECT_THROW(client.build("frame", 0), IncorrectSignature);
}

TEST_P(Stub, throws_the_service_s_exceptions) {
    workshop::Client client{cluster()};
    EXPECT_THROW(client.take("screw", 0), workshop::Closed);
    try {
        client.take.async("screw", 3).result();
        FAIL() << "no exception";
    } catch (const workshop::OutOfStock& error) {
        EXPECT_STREQ(error.what(), "too few");
        EXPECT_EQ(error.details().part, "screw");
        EXPECT_EQ(error.details().count, 3);
    }
}

TEST_P(Stub, calls_without_waiting_and_outlives_its_copies) {
    auto client = std::make_unique<workshop::Client>(cluster());
    workshop::Client copy = *client;
    client.reset();
    auto reply = copy.with_timeout(no_timeout).build.async("frame", 4);
    EXPECT_EQ(reply.result().count, 4);
    EXPECT_EQ(copy.weigh({"abc", 2, {}}), 6);
}

TEST_P(Stub, is_a_dependency_of_another_service) {
    EXPECT_EQ(service("test_stub_foreman").call<long>("order", "frame"), 15);
}

INSTANTIATE_TEST_SUITE_P(over, Stub, test::all_brokers(), test::broker_name);

}  // namespace
}  // namespace hiratake
