#include "hiratake/testing/fake_http_server.hpp"

#include <utility>

namespace hiratake::testing {

void FakeHttpServer::returns(const std::string& target, HttpClientResponse response) {
    answers(target, [response = std::move(response)](const HttpClientRequest&) { return response; });
}

void FakeHttpServer::answers(const std::string& target, Answer answer) {
    const std::lock_guard lock{mutex_};
    answers_.insert_or_assign(target, std::move(answer));
}

std::vector<HttpClientRequest> FakeHttpServer::requests() const {
    const std::lock_guard lock{mutex_};
    return requests_;
}

HttpClientResponse FakeHttpServer::send(const HttpClientRequest& request) {
    const std::string target = request.method + " " + request.url;
    Answer answer;
    {
        const std::lock_guard lock{mutex_};
        requests_.push_back(request);
        const auto found = answers_.find(target);
        if (found != answers_.end()) answer = found->second;
    }
    if (!answer) throw HttpClientError("the test has no answer for " + target);
    return answer(request);
}

}  // namespace hiratake::testing
