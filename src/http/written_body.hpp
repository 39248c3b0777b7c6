#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <utility>

#include "http/body_pipe.hpp"
#include "http/body_source.hpp"

namespace hiratake::http {

/// The reader's end of a body that a function of the handler's writes on its worker thread.
class WrittenBody final : public BodySource {
  public:
    using Function = std::function<void(BodyWriter& out)>;

    explicit WrittenBody(Function function, std::string_view keep_alive = {})
        : function_(std::move(function)), keep_alive_(keep_alive) {}
    ~WrittenBody() override { pipe_->interrupt("the connection is closed"); }

    std::optional<std::uint64_t> length() const override { return std::nullopt; }
    void start(net::UniqueFunction<void()> on_ready) override { pipe_->start(std::move(on_ready)); }
    State read(std::string& out, std::size_t max_bytes) override { return pipe_->read(out, max_bytes); }
    void drain() override { pipe_->drain(); }
    void interrupt(const std::string& reason) override { pipe_->interrupt(reason); }
    std::string_view keep_alive() const override { return keep_alive_; }
    net::UniqueFunction<void()> take_work() override;

  private:
    // Shared with the work.
    std::shared_ptr<BodyPipe> pipe_ = std::make_shared<BodyPipe>();
    Function function_;
    std::string_view keep_alive_;
};

}  // namespace hiratake::http
