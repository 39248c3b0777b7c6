#include "cli/parked_command.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <limits>
#include <utility>

#include "cli/client_log.hpp"
#include "cli/parked_message.hpp"
#include "cli/parked_queue.hpp"
#include "hiratake/base/error.hpp"
#include "hiratake/payload/json.hpp"
#include "shell/value_text.hpp"
#include "wire/redelivery.hpp"

namespace hiratake::cli {
namespace {

/// How many messages of a queue are searched for an id.
constexpr std::uint16_t most_searched = 10'000;
/// How many messages are on their way when all are settled one after the other.
constexpr std::uint16_t most_on_their_way = 100;

std::string read_file(const std::string& path) {
    if (path == "-") return {std::istreambuf_iterator<char>(std::cin), {}};
    std::ifstream file{path, std::ios::binary};
    std::string content{std::istreambuf_iterator<char>(file), {}};
    if (!file) throw Error(fmt::format("{}: cannot be read", path));
    return content;
}

void print(const ParkedMessage& message, bool as_json, bool reveals) {
    fmt::print("{}", as_json ? shell::to_text(message.to_value(reveals)) + "\n" : message.text(reveals));
}

/// A copy of the message that differs in its body or headers.
void publish_changed(ParkedQueue& parked, const client::Delivery& delivery, const std::string& queue,
                     std::string_view body, amqp::Table headers) {
    client::MessageProperties properties = delivery.properties();
    properties.headers = std::move(headers);
    parked.publish(queue, body, std::move(properties));
}

void replay_one(ParkedQueue& parked, client::Delivery& delivery) {
    const ParkedMessage message{delivery};
    const amqp::Table headers = delivery.properties().headers.value_or(amqp::Table{});
    publish_changed(parked, delivery, message.queue.empty() ? parked.origin() : message.queue, delivery.body(),
                    wire::replayed_headers(headers));
    delivery.ack();
}

}  // namespace

void ParkedCommand::add_to(CLI::App& program, std::function<int()>& chosen) {
    CLI::App* parked =
        program.add_subcommand("parked",
                               "Look at the messages that services have given up on, and mend, replay or "
                               "drop them");
    parked->require_subcommand(1);
    CLI::App* list = add(*parked, "list", "Print a line for each parked message", chosen, &ParkedCommand::list);
    list->add_option("--limit", limit_, "how many to list")
        ->check(CLI::Range(1, static_cast<int>(most_searched)))
        ->capture_default_str();
    CLI::App* show = add(*parked, "show", "Print all of a message", chosen, &ParkedCommand::show);
    CLI::App* edit = add(*parked, "edit", "Give a message another body; it stays parked", chosen, &ParkedCommand::edit);
    CLI::App* replay = add(*parked, "replay",
                           "Put messages back into the queue that they came from, as if they had "
                           "never failed",
                           chosen, &ParkedCommand::replay);
    CLI::App* drop = add(*parked, "drop", "Delete messages for good", chosen, &ParkedCommand::drop);
    for (CLI::App* command : {list, show}) {
        command->add_flag("--json", as_json_, "a JSON object for each message");
        command->add_flag("--reveal", reveals_, "show what the handler calls sensitive, too");
    }
    for (CLI::App* command : {show, edit}) {
        command->add_option("ID", ids_, "the id of the message, or how it begins")->required()->expected(1);
    }
    auto* body = edit->add_option("--body", body_, "the new body");
    edit->add_option("--body-file", body_file_, "the file with the new body; - for standard input")->excludes(body);
    replay->add_option("--rate", rate_, "at most so many messages in a second")->check(CLI::PositiveNumber);
    for (CLI::App* command : {replay, drop}) {
        auto* ids = command->add_option("ID", ids_, "the ids of the messages, or how they begin");
        command->add_flag("--all", all_, "all messages that are parked now")->excludes(ids);
    }
}

CLI::App* ParkedCommand::add(CLI::App& parked, const char* name, const char* help, std::function<int()>& chosen,
                             int (ParkedCommand::*run)()) {
    CLI::App* command = parked.add_subcommand(name, help);
    options_.add_to(*command);
    command->add_option("QUEUE", queue_, "the queue that the messages came from")->required();
    command->callback([this, run, &chosen] { chosen = [this, run] { return (this->*run)(); }; });
    return command;
}

int ParkedCommand::list() {
    const Log log = client_log();
    ParkedQueue parked{options_.config(), log, queue_};
    const std::size_t wanted = std::min(limit_, parked.size());
    std::vector<client::Delivery> listed;
    parked.open(static_cast<std::uint16_t>(limit_));
    while (listed.size() < wanted) {
        std::optional<client::Delivery> delivery = parked.next();
        if (!delivery) break;
        if (listed.empty() && !as_json_) fmt::print("{}\n", ParkedMessage::heading());
        const ParkedMessage message{*delivery};
        as_json_ ? print(message, true, reveals_) : fmt::print("{}\n", message.line());
        listed.push_back(std::move(*delivery));
    }
    parked.close();
    if (!as_json_) {
        fmt::print("{} message(s) in {}{}\n", parked.size(), parked.name(),
                   listed.size() < parked.size() ? fmt::format(", {} of them listed", listed.size()) : "");
    }
    return 0;
}

int ParkedCommand::show() {
    const Log log = client_log();
    ParkedQueue parked{options_.config(), log, queue_};
    const std::vector<client::Delivery> found = find(parked, ids_);
    print(ParkedMessage{found.front()}, as_json_, reveals_);
    return 0;
}

int ParkedCommand::edit() {
    if (body_.empty() && body_file_.empty()) throw Error("give the new body: --body TEXT or --body-file FILE");
    const std::string body = body_file_.empty() ? body_ : read_file(body_file_);
    const Log log = client_log();
    ParkedQueue parked{options_.config(), log, queue_};
    std::vector<client::Delivery> found = find(parked, ids_);
    client::Delivery& delivery = found.front();
    const client::MessageProperties properties = delivery.properties();
    if (properties.content_type == "application/json") {
        try {
            static_cast<void>(parse_json(body));
        } catch (const JsonError& error) {
            throw Error(fmt::format("the message is application/json, and the new body is not: {}", error.what()));
        }
    }
    publish_changed(parked, delivery, parked.name(), body, properties.headers.value_or(amqp::Table{}));
    delivery.ack();
    fmt::print("changed {}\n", ParkedMessage{delivery}.id);
    return 0;
}

int ParkedCommand::replay() {
    return settle_chosen("replayed", &replay_one);
}

int ParkedCommand::drop() {
    return settle_chosen("dropped", [](ParkedQueue&, client::Delivery& delivery) { delivery.ack(); });
}

int ParkedCommand::settle_chosen(const char* done, const std::function<void(ParkedQueue&, client::Delivery&)>& settle) {
    if (!all_ && ids_.empty()) throw Error("say which messages: their ids, or --all");
    const Log log = client_log();
    ParkedQueue parked{options_.config(), log, queue_};
    std::size_t count = 0;
    const Duration pause{rate_ > 0 ? static_cast<Duration::rep>(1e9 / rate_) : 0};
    TimePoint due = parked.now();
    const auto settle_one = [&](client::Delivery& delivery) {
        if (count > 0 && rate_ > 0) parked.wait_until(due);
        due = parked.now() + pause;
        settle(parked, delivery);
        ++count;
    };
    if (all_) {
        parked.open(most_on_their_way);
        while (auto delivery = parked.next()) settle_one(*delivery);
    } else {
        std::vector<client::Delivery> found = find(parked, ids_);
        for (client::Delivery& delivery : found) settle_one(delivery);
    }
    fmt::print("{} {} message(s)\n", done, count);
    if (all_ && count < parked.size()) {
        throw Error(
            fmt::format("{} further message(s) of '{}' are held by others", parked.size() - count, parked.name()));
    }
    return 0;
}

std::vector<client::Delivery> ParkedCommand::find(ParkedQueue& queue, const std::vector<std::string>& ids) {
    std::vector<std::optional<client::Delivery>> found(ids.size());
    std::vector<client::Delivery> others;
    queue.open(most_searched);
    for (std::size_t searched = 0; searched < most_searched; ++searched) {
        std::optional<client::Delivery> delivery = queue.next();
        if (!delivery) break;
        const std::string id = ParkedMessage{*delivery}.id;
        const auto match =
            std::ranges::find_if(ids, [&id](const std::string& wanted) { return id.starts_with(wanted); });
        if (match == ids.end() || id.empty()) {
            others.push_back(std::move(*delivery));
            continue;
        }
        std::optional<client::Delivery>& place = found[static_cast<std::size_t>(match - ids.begin())];
        if (place) {
            queue.close();
            throw Error(fmt::format("several messages have an id that begins with '{}'; give more of it", *match));
        }
        place = std::move(delivery);
    }
    queue.close();
    std::vector<client::Delivery> all;
    for (std::size_t index = 0; index < ids.size(); ++index) {
        if (!found[index]) {
            throw Error(fmt::format("'{}' has no message with the id '{}' among its first {}", queue.name(), ids[index],
                                    most_searched));
        }
        all.push_back(std::move(*found[index]));
    }
    return all;
}

}  // namespace hiratake::cli
