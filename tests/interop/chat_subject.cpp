// The C++ service that check_websocket.py talks to; several instances of it run side by side.
#include <hiratake/hiratake.hpp>
#include <stdexcept>
#include <string>

namespace {

struct Chat {
    static constexpr auto name = "cppchat";
    hiratake::WebSocketHub hub;

    hiratake::Value echo(hiratake::Value value) { return value; }
    std::string whoami(hiratake::SocketId socket) { return socket.value; }
    void fail(std::string message) { throw std::runtime_error(message); }
    void join(hiratake::SocketId socket, std::string channel) { hub.subscribe(socket, channel); }
    void post(std::string channel, hiratake::Value data) { hub.broadcast(channel, "posted", data); }
    bool whisper(hiratake::SocketId to, hiratake::Value data) { return hub.unicast(to, "whispered", data); }

    static void define(hiratake::Service<Chat>& chat) {
        chat.websocket<&Chat::echo>("value");
        chat.websocket<&Chat::whoami>();
        chat.websocket<&Chat::fail>("message");
        chat.websocket<&Chat::join>("channel");
        chat.websocket<&Chat::post>("channel", "data");
        chat.rpc<&Chat::whisper>("to", "data");
    }
};

}  // namespace

int main(int argc, char** argv) {
    return hiratake::main<Chat>(argc, argv);
}
