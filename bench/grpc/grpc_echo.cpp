// The echo over gRPC, unary calls by the completion queue API, which gRPC's guide to performance names as the fastest
// for high rates: two threads on one queue in the service, many requests registered in advance; one channel, one stub.
//
//   grpc_echo serve HOST:PORT
//   grpc_echo call HOST:PORT [in_flight=N] [rate=N] ...
//   grpc_echo first HOST:PORT -- COMMAND...             starts the service
#include <grpcpp/grpcpp.h>

#include <memory>
#include <thread>
#include <vector>

#include "grpc/echo.grpc.pb.h"
#include "load/arrivals.hpp"
#include "load/first_reply.hpp"
#include "load/program.hpp"

namespace bench {
namespace {

// "enough server requests for the desired level of concurrency" (grpc.io/docs/guides/performance)
constexpr int registered_requests = 2000;
constexpr int service_threads = 2;

/// One call at the service's end, used again for the next when it has ended.
class ServedCall {
  public:
    ServedCall(Echo::AsyncService& service, grpc::ServerCompletionQueue& queue) : service_(service), queue_(queue) {
        request_next();
    }

    void proceed(bool is_ok) {
        if (is_answered_ || !is_ok) return request_next();
        is_answered_ = true;
        Reply reply;
        reply.set_text(call_.text());
        responder_->Finish(reply, grpc::Status::OK, this);
    }

  private:
    void request_next() {
        is_answered_ = false;
        context_.emplace();
        responder_.emplace(&*context_);
        service_.RequestEcho(&*context_, &call_, &*responder_, &queue_, &queue_, this);
    }

    Echo::AsyncService& service_;
    grpc::ServerCompletionQueue& queue_;
    std::optional<grpc::ServerContext> context_;
    std::optional<grpc::ServerAsyncResponseWriter<Reply>> responder_;
    Call call_;
    bool is_answered_ = false;
};

std::string serve(const CommandLine& line) {
    Echo::AsyncService service;
    grpc::ServerBuilder builder;
    builder.AddListeningPort(line.target, grpc::InsecureServerCredentials());
    builder.RegisterService(&service);
    const auto queue = builder.AddCompletionQueue();
    const auto server = builder.BuildAndStart();
    if (!server) throw std::runtime_error("cannot listen on " + line.target);
    std::vector<std::unique_ptr<ServedCall>> calls;
    for (int i = 0; i < registered_requests; ++i) calls.push_back(std::make_unique<ServedCall>(service, *queue));
    say_serving();
    std::vector<std::thread> threads;
    for (int i = 0; i < service_threads; ++i) {
        threads.emplace_back([&] {
            void* call = nullptr;
            bool is_ok = false;
            while (queue->Next(&call, &is_ok)) static_cast<ServedCall*>(call)->proceed(is_ok);
        });
    }
    for (auto& thread : threads) thread.join();
    return {};
}

std::shared_ptr<grpc::Channel> connect(const std::string& target) {
    auto channel = grpc::CreateChannel(target, grpc::InsecureChannelCredentials());
    if (!channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds{10})) {
        throw std::runtime_error("cannot connect to " + target);
    }
    return channel;
}

class GrpcCaller final : public Caller {
  public:
    GrpcCaller(const std::string& target, const Options& options) : stub_(Echo::NewStub(connect(target))) {
        call_.set_text(std::string(options.text_bytes, 'h'));
        call_.set_number(42);
        if (options.rate > 0) receiver_ = std::thread{[this] { receive(); }};
    }
    ~GrpcCaller() override {
        queue_.Shutdown();
        if (receiver_.joinable()) receiver_.join();
        void* tag = nullptr;
        bool is_ok = false;
        while (queue_.Next(&tag, &is_ok)) delete static_cast<Pending*>(tag);
    }

    void start(std::uint64_t number) override {
        auto pending = std::make_unique<Pending>();
        pending->number = number;
        pending->reader = stub_->AsyncEcho(&pending->context, call_, &queue_);
        Pending& sent = *pending.release();  // until the queue gives it back
        sent.reader->Finish(&sent.reply, &sent.status, &sent);
    }

    // Closed loop: this thread takes from the queue itself. Open loop: the queue's timeouts go by the millisecond, so
    // another does.
    std::optional<Ended> wait(Clock::time_point until) override {
        if (receiver_.joinable()) return checked(arrivals_.wait(until));
        void* tag = nullptr;
        bool is_ok = false;
        if (!queue_.Next(&tag, &is_ok)) throw std::runtime_error("the completion queue has ended");
        return Ended{finished(tag), Clock::now()};
    }

  private:
    struct Pending {
        std::uint64_t number;
        grpc::ClientContext context;
        grpc::Status status;
        Reply reply;
        std::unique_ptr<grpc::ClientAsyncResponseReader<Reply>> reader;
    };
    static constexpr std::uint64_t failed = ~0UL;

    static std::uint64_t finished(void* tag) {
        const std::unique_ptr<Pending> pending{static_cast<Pending*>(tag)};
        if (!pending->status.ok()) throw std::runtime_error("a call failed: " + pending->status.error_message());
        return pending->number;
    }

    void receive() {
        void* tag = nullptr;
        bool is_ok = false;
        while (queue_.Next(&tag, &is_ok)) {
            const std::unique_ptr<Pending> pending{static_cast<Pending*>(tag)};
            arrivals_.push(pending->status.ok() ? pending->number : failed);
        }
    }

    static std::optional<Ended> checked(std::optional<Ended> ended) {
        if (ended && ended->number == failed) throw std::runtime_error("a call failed");
        return ended;
    }

    std::unique_ptr<Echo::Stub> stub_;
    grpc::CompletionQueue queue_;
    Call call_;
    Arrivals arrivals_;
    std::thread receiver_;
};

std::string call(const CommandLine& line) {
    GrpcCaller caller{line.target, line.options};
    return run_load(caller, line.options);
}

std::string first(const CommandLine& line) {
    return first_reply(line.command, [&] {
        // A channel that has found nobody does not try again at once; one of its own does.
        grpc::ChannelArguments arguments;
        arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
        const auto stub =
            Echo::NewStub(grpc::CreateCustomChannel(line.target, grpc::InsecureChannelCredentials(), arguments));
        grpc::ClientContext context;
        Call call;
        Reply reply;
        return stub->Echo(&context, call, &reply).ok();
    });
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
    using namespace bench;
    return run_mode(argc, argv, {{"serve", serve}, {"call", call}, {"first", first}});
}
