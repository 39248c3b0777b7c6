#include "wire/deadline_header.hpp"

#include <gtest/gtest.h>

namespace hiratake::wire {
namespace {

using namespace std::chrono_literals;

std::string encoded(const amqp::Table& table) {
    amqp::ByteBuffer bytes;
    amqp::write_table(bytes, table, amqp::Letters::portable);
    return std::string{bytes};
}

TEST(DeadlineHeader, is_a_moment_in_whole_milliseconds_and_never_later_than_meant) {
    amqp::ByteBuffer encoded_headers;
    amqp::TableWriter headers{encoded_headers};
    write_deadline(headers, WallTime{1'700'000'000'123'999'999ns});
    headers.close();
    EXPECT_EQ(encoded_headers, encoded({{"hiratake.deadline_ms", std::int64_t{1'700'000'000'123}}}));
    EXPECT_EQ(read_deadline(amqp::TableView{encoded_headers}), WallTime{1'700'000'000'123ms});
}

TEST(DeadlineHeader, counts_as_none_when_it_is_no_moment) {
    EXPECT_EQ(read_deadline({}), std::nullopt);
    for (const amqp::FieldValue& value :
         {amqp::FieldValue{"soon"}, amqp::FieldValue{-1}, amqp::FieldValue{std::int64_t{1} << 62}}) {
        const std::string headers = encoded({{"hiratake.deadline_ms", value}});
        EXPECT_EQ(read_deadline(amqp::TableView{headers}), std::nullopt);
    }
}

}  // namespace
}  // namespace hiratake::wire
