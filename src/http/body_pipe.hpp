#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

#include "hiratake/http/body_writer.hpp"
#include "http/body_source.hpp"
#include "net/parker.hpp"

namespace hiratake::http {

/// The bounded buffer between a worker that writes a body and the loop that sends it. Shared between the two, of which
/// either may go first.
class BodyPipe final : public BodyWriter {
  public:
    /// What a writer may be ahead of the reader. Beyond: it waits.
    static constexpr std::size_t capacity = 64 * 1024;

    // The writer's side, on its one thread.
    void write(std::string_view bytes) override;
    bool wait(Duration time) override;
    /// The body is complete.
    void finish() { end(BodySource::State::ended); }
    /// The body will never be complete.
    void fail() { end(BodySource::State::failed); }

    // The reader's side, on the loop's thread.
    void start(net::UniqueFunction<void()> on_ready);
    BodySource::State read(std::string& out, std::size_t max_bytes);
    void drain();
    /// The first reason given is the one that the writer learns.
    void interrupt(const std::string& reason);

  private:
    void end(BodySource::State state);
    void wake_reader();

    std::mutex mutex_;
    std::string bytes_;
    std::size_t read_ = 0;
    BodySource::State state_ = BodySource::State::waiting;
    // Why nobody reads any more; empty while somebody does.
    std::string interruption_;
    bool is_draining_ = false;
    bool is_reader_waiting_ = false;
    net::UniqueFunction<void()> on_ready_;
    net::Parker writer_;
};

}  // namespace hiratake::http
