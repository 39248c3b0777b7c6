#include "net/event_loop.hpp"

#include <pthread.h>

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <iterator>
#include <optional>
#include <thread>
#include <utility>

#include "hiratake/base/deadline.hpp"
#include "net/alarmed_timers.hpp"
#include "net/fiber.hpp"

namespace hiratake::net {
namespace asio = boost::asio;
namespace {

constexpr std::size_t most_tasks_between_looks = 128;

/// The loop whose posted tasks this thread runs.
thread_local const EventLoop* running_posted = nullptr;

}  // namespace

struct EventLoop::Driver {
    explicit Driver(asio::io_context& context)
        : work(asio::make_work_guard(context)), executor(context.get_executor()) {}

    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work;
    asio::io_context::executor_type executor;
    std::thread thread;
};

EventLoop::EventLoop(const Log& log, const Clock& clock, EscapedException policy)
    : clock_(clock),
      logger_(log, "net"),
      policy_(policy),
      read_buffer_(std::make_unique<char[]>(read_buffer_size)),
      context_(std::make_unique<asio::io_context>(1)),
      driver_(std::make_unique<Driver>(*context_)),
      // One bad handler must not take the others' turn.
      timers_(std::make_unique<AlarmedTimers>(*context_, clock_, [this](auto& handler) { guarded(handler); })) {
    has_manual_clock_ = clock_.observe(*this);
}

EventLoop::~EventLoop() {
    clock_.forget(*this);
    stop();
    join();
    // Handlers own streams and timers, whose destructors come back here: nothing new is taken, and what belongs to the
    // context goes before it.
    closing_ = true;
    timers_->close();
    posted_.clear();
    posted_by_tasks_.clear();
    driver_->work.reset();
    context_.reset();
}

void EventLoop::start() {
    is_started_ = true;
    driver_->thread = std::thread([this] {
        pthread_setname_np(pthread_self(), "hiratake-io");
        run();
    });
}

void EventLoop::stop() {
    is_stopping_ = true;
    context_->stop();
}

void EventLoop::join() {
    if (driver_->thread.joinable()) driver_->thread.join();
}

void EventLoop::post(UniqueFunction<void()> task) {
    if (closing_) return;
    if (running_posted == this) return posted_by_tasks_.push_back(std::move(task));
    const std::lock_guard lock(mutex_);
    posted_.push_back(std::move(task));
    has_posted_.store(true, std::memory_order_relaxed);
    if (!are_posted_scheduled_) schedule_posted();
}

void EventLoop::schedule_posted() {
    are_posted_scheduled_ = true;
    asio::post(driver_->executor, [this] { run_posted(); });
}

void EventLoop::run_posted() {
    const EventLoop* const outer = std::exchange(running_posted, this);
    std::size_t has_run = 0;
    while (take_posted(has_run)) {
        for (auto& task : running_) {
            guarded(task);
            task = nullptr;
        }
        has_run += running_.size();
        running_.clear();
    }
    uncounted_ += has_run - 1;
    running_posted = outer;
}

// What tasks post waits for the next turn. A look at the sockets, a system call, comes between two turns only when many
// tasks have run since the last.
bool EventLoop::take_posted(std::size_t has_run) {
    const bool goes_on = has_run == 0 || (has_run < most_tasks_between_looks && !is_stopping_);
    if (goes_on) running_.swap(posted_by_tasks_);
    if (!running_.empty() && !has_posted_.load(std::memory_order_relaxed)) return true;
    const std::lock_guard lock(mutex_);
    if (goes_on) {
        std::move(posted_.begin(), posted_.end(), std::back_inserter(running_));
        posted_.clear();
        has_posted_.store(false, std::memory_order_relaxed);
        if (!running_.empty()) return true;
    }
    are_posted_scheduled_ = false;
    if (!posted_.empty() || !posted_by_tasks_.empty()) schedule_posted();
    return false;
}

bool EventLoop::is_loop_thread() const {
    return !closing_ && driver_->executor.running_in_this_thread();
}

bool EventLoop::may_wait() const {
    return !is_loop_thread() || Fiber::current();
}

template <class Function>
bool EventLoop::guarded(Function&& function) {
    try {
        function();
        return true;
    } catch (const std::exception& error) {
        logger_.critical("An exception escaped a handler of the event loop: {}", error.what());
    } catch (...) {
        logger_.critical("Something that is no std::exception escaped a handler of the event loop");
    }
    if (policy_ == EscapedException::terminate_process) std::terminate();
    return false;
}

void EventLoop::run() {
    while (!guarded([this] { context_->run(); })) {
    }
}

std::size_t EventLoop::poll() {
    context_->restart();
    // Posted rather than called, so that is_loop_thread() holds in the timers' handlers too.
    std::size_t timers_run = 0;
    asio::post(driver_->executor, [this, &timers_run] { timers_run = timers_->run_due(); });
    std::size_t handlers_run = 0;
    uncounted_ = 0;
    while (!guarded([&] { handlers_run += context_->poll(); })) {
    }
    return handlers_run + uncounted_ + timers_run - 1;
}

bool EventLoop::run_until(UniqueFunction<bool()> condition, Duration limit) {
    const auto end = Deadline::after(SystemClock{}.now(), limit);
    poll();
    while (!condition()) {
        if (end.passed(SystemClock{}.now())) return false;
        context_->restart();
        guarded([&] { context_->run_one_until(end.at()); });
    }
    return true;
}

TimerQueue::Key EventLoop::add_timer(TimePoint at, UniqueFunction<void()> handler) {
    return timers_->add(at, std::move(handler));
}

void EventLoop::remove_timer(const TimerQueue::Key& key) {
    timers_->remove(key);
}

void EventLoop::clock_moved() {
    if (!is_started_) return;
    post([this] {
        timers_->run_due();
        timers_->arm();
    });
}

}  // namespace hiratake::net
