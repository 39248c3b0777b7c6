#include "broker/core/agenda.hpp"

#include <utility>

#include "broker/core/dead_lettering.hpp"
#include "broker/core/queue.hpp"
#include "broker/core/scoped_flag.hpp"

namespace hiratake::broker::core {

Agenda::Agenda() = default;
Agenda::~Agenda() = default;

void Agenda::add(Queue& queue) {
    if (std::exchange(queue.on_agenda, true)) return;
    queues_.emplace_back(&queue);
}

void Agenda::add(DeadLetter letter) {
    letters_.push_back(std::move(letter));
}

void Agenda::settle() {
    if (settling_) return;
    const ScopedFlag settling{settling_};
    while (!is_settled()) {
        if (!letters_.empty()) {
            const DeadLetter letter = std::move(letters_.front());
            letters_.pop_front();
            send_dead_letter(letter);
            continue;
        }
        const boost::intrusive_ptr<Queue> queue = std::move(queues_.front());
        queues_.pop_front();
        queue->on_agenda = false;
        queue->deliver_ready();
    }
}

}  // namespace hiratake::broker::core
