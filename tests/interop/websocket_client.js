// One conversation of node's own WebSocket client with chat_subject.cpp: prints `ok`, or what went wrong.
//
//     node --experimental-websocket websocket_client.js ws://127.0.0.1:8000/ws
"use strict";

const socket = new WebSocket(process.argv[2]);
const waiting = [];
const arrived = [];
socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    waiting.length > 0 ? waiting.shift()(message) : arrived.push(message);
};
socket.onerror = ({ message }) => fail(message);

const receive = () => new Promise((resolve) => (arrived.length > 0 ? resolve(arrived.shift()) : waiting.push(resolve)));
const call = (method, data) => {
    socket.send(JSON.stringify({ method, data, correlation_id: method }));
    return receive();
};
const fail = (what) => {
    console.error(what);
    process.exit(1);
};
const equal = (actual, expected) => {
    if (JSON.stringify(actual) !== JSON.stringify(expected)) fail(`${JSON.stringify(actual)} is not ${expected}`);
};

async function talk() {
    const connected = await receive();
    equal([connected.type, connected.event], ["event", "connected"]);
    const id = connected.data.socket_id;
    equal(await call("whoami", {}), { type: "result", success: true, data: id, correlation_id: "whoami" });
    const large = "\u00e9".repeat(15000);
    equal((await call("echo", { value: large })).data, large);
    equal((await call("join", { channel: "node" })).success, true);
    // The event and the reply to the one who posts it: in this order, since it is sent first.
    socket.send(JSON.stringify({ method: "post", data: { channel: "node", data: { n: 1 } } }));
    equal(await receive(), { type: "event", event: "posted", data: { n: 1 } });
    equal((await receive()).success, true);
    const closed = new Promise((resolve) => (socket.onclose = resolve));
    socket.close(1000, "done");
    const { code, wasClean } = await closed;
    equal([code, wasClean], [1000, true]);
    console.log("ok");
}

talk().catch(fail);
