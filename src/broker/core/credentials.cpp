#include "broker/core/credentials.hpp"

#include "amqp/table_codec.hpp"
#include "hiratake/amqp/table.hpp"

namespace hiratake::broker::core {
namespace {

std::optional<Credentials> read_plain(std::string_view response) {
    const std::size_t first = response.find('\0');
    if (first == std::string_view::npos) return std::nullopt;
    const std::size_t second = response.find('\0', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    return Credentials{std::string{response.substr(first + 1, second - first - 1)},
                       std::string{response.substr(second + 1)}};
}

std::optional<Credentials> read_amqplain(std::string_view response) {
    amqp::Table table;
    if (amqp::decode_fields(response, table) != amqp::DecodeError::none) return std::nullopt;
    const amqp::FieldValue* login = table.find("LOGIN");
    const amqp::FieldValue* password = table.find("PASSWORD");
    if (!login || !login->as_string() || !password || !password->as_string()) return std::nullopt;
    return Credentials{std::string{*login->as_string()}, std::string{*password->as_string()}};
}

}  // namespace

std::optional<Credentials> read_credentials(std::string_view mechanism, std::string_view response) {
    if (mechanism == "PLAIN") return read_plain(response);
    if (mechanism == "AMQPLAIN") return read_amqplain(response);
    return std::nullopt;
}

bool is_offered_mechanism(std::string_view mechanism) {
    return mechanism == "PLAIN" || mechanism == "AMQPLAIN";
}

}  // namespace hiratake::broker::core
