#!/usr/bin/env node
// What ordinary amqplib programs (Node.js) do with a broker.
//
//     NODE_PATH=<folder with amqplib>/node_modules node amqplib_programs.js --broker URI
'use strict';
const assert = require('node:assert');
const crypto = require('node:crypto');
const amqp = require('amqplib');

const unique = (name) => `amqplib-${name}-${crypto.randomUUID()}`;
const within = (promise, what, milliseconds = 10000) => {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`${what}: not within ${milliseconds} ms`)), milliseconds);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};
const collect = (channel, queue, count) => within(new Promise((resolve, reject) => {
    const messages = [];
    channel.consume(queue, (message) => {
        messages.push(message);
        channel.ack(message);
        if (messages.length === count) channel.cancel(message.fields.consumerTag).then(() => resolve(messages), reject);
    }).catch(reject);
}), `${count} messages`);
const texts = (messages) => messages.map((message) => message.content.toString());

const checks = {
    async work_queue(connection) {
        const channel = await connection.createChannel();
        const { queue } = await channel.assertQueue('', { exclusive: true });
        await channel.prefetch(1);
        for (let number = 0; number < 20; ++number) channel.sendToQueue(queue, Buffer.from(`${number}`), { persistent: true });
        const messages = await collect(channel, queue, 20);
        assert.deepStrictEqual(texts(messages), Array.from({ length: 20 }, (_, number) => `${number}`));
        await channel.close();
    },
    async topic_routing_and_headers(connection) {
        const channel = await connection.createChannel();
        const exchange = unique('topic');
        await channel.assertExchange(exchange, 'topic', { autoDelete: true });
        const { queue } = await channel.assertQueue('', { exclusive: true });
        await channel.bindQueue(queue, exchange, 'kern.*');
        const headers = { text: 'é', number: 7, negative: -7, fraction: 1.5, flag: false, list: ['a', { b: 1 }] };
        channel.publish(exchange, 'cron.info', Buffer.from('no'));
        channel.publish(exchange, 'kern.info', Buffer.from('yes'), { headers, messageId: 'm', expiration: 60000, type: 't' });
        const [message] = await collect(channel, queue, 1);
        assert.strictEqual(message.content.toString(), 'yes');
        assert.deepStrictEqual({ ...message.properties.headers }, headers);
        assert.strictEqual(message.properties.expiration, '60000');
        await channel.close();
    },
    async confirms_and_returns(connection) {
        const channel = await connection.createConfirmChannel();
        const returned = new Promise((resolve) => channel.once('return', resolve));
        for (let number = 0; number < 100; ++number) channel.publish('', unique('nowhere'), Buffer.from('x'));
        await within(channel.waitForConfirms(), 'confirms');
        channel.publish('', unique('nowhere'), Buffer.from('back'), { mandatory: true });
        assert.strictEqual((await within(returned, 'the return')).fields.replyCode, 312);
        await within(channel.waitForConfirms(), 'confirms');
        await channel.close();
    },
    async request_and_reply(connection) {
        const channel = await connection.createChannel();
        const server = (await channel.assertQueue('', { exclusive: true })).queue;
        const replies = (await channel.assertQueue('', { exclusive: true })).queue;
        await channel.consume(server, ({ content, properties }) => {
            const answer = Buffer.from(`${content} and back`);
            channel.sendToQueue(properties.replyTo, answer, { correlationId: properties.correlationId });
        }, { noAck: true });
        channel.sendToQueue(server, Buffer.from('there'), { replyTo: replies, correlationId: 'c' });
        const [reply] = await collect(channel, replies, 1);
        assert.deepStrictEqual([reply.content.toString(), reply.properties.correlationId], ['there and back', 'c']);
        await channel.close();
    },
    async dead_letters(connection) {
        const channel = await connection.createChannel();
        const dead = (await channel.assertQueue('', { exclusive: true })).queue;
        const { queue } = await channel.assertQueue('', {
            exclusive: true, messageTtl: 100, deadLetterExchange: '', deadLetterRoutingKey: dead,
        });
        channel.sendToQueue(queue, Buffer.from('late'));
        const [message] = await collect(channel, dead, 1);
        assert.strictEqual(message.properties.headers['x-death'][0].reason, 'expired');
        await channel.close();
    },
    async misuse_closes_the_channel_only(connection) {
        const channel = await connection.createChannel();
        const failed = new Promise((resolve) => channel.once('error', resolve));
        await assert.rejects(channel.checkQueue(unique('missing')));
        assert.strictEqual((await within(failed, 'the error')).code, 404);
        await (await connection.createChannel()).close();
    },
    async a_large_body(connection) {
        const channel = await connection.createChannel();
        const { queue } = await channel.assertQueue('', { exclusive: true });
        const body = crypto.randomBytes(1000000);
        channel.sendToQueue(queue, body);
        const [message] = await collect(channel, queue, 1);
        assert.ok(message.content.equals(body));
        await channel.close();
    },
};

async function main() {
    const at = process.argv.indexOf('--broker');
    if (at < 0) throw new Error('usage: amqplib_programs.js --broker URI');
    const connection = await amqp.connect(process.argv[at + 1]);
    let failed = 0;
    for (const [name, check] of Object.entries(checks)) {
        try {
            await check(connection);
            console.log(`ok ${name}`);
        } catch (error) {
            failed += 1;
            console.log(`not ok ${name}\n${error.stack}`);
        }
    }
    console.log(`${Object.keys(checks).length - failed} passed, ${failed} failed`);
    await connection.close();
    return failed ? 1 : 0;
}

main().then((code) => { process.exitCode = code; }, (error) => {
    console.log(`not ok ${error.stack}`);
    process.exitCode = 1;
});
