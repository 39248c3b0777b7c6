#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "http/body_source.hpp"

namespace hiratake::http {

class GzipDeflater;

/// The text in gzip (RFC 1952).
std::string gzip(std::string_view text);

/// Another body in gzip. What has been written is sent when the other body makes a pause: nothing is held back.
class GzipBody final : public BodySource {
  public:
    explicit GzipBody(std::shared_ptr<BodySource> plain);
    ~GzipBody() override;

    std::optional<std::uint64_t> length() const override { return std::nullopt; }
    void start(net::UniqueFunction<void()> on_ready) override { plain_->start(std::move(on_ready)); }
    State read(std::string& out, std::size_t max_bytes) override;
    void drain() override { plain_->drain(); }
    void interrupt(const std::string& reason) override { plain_->interrupt(reason); }
    net::UniqueFunction<void()> take_work() override { return plain_->take_work(); }

  private:
    std::shared_ptr<BodySource> plain_;
    std::unique_ptr<GzipDeflater> deflater_;
    std::string piece_;
    bool has_unflushed_ = false;
};

}  // namespace hiratake::http
