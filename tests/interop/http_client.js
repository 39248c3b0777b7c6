'use strict';

// Asks the service of http_subject.cpp in every way, with node's fetch, FormData and http.
//
//     node http_client.js http://ADDRESS

const assert = require('assert');
const crypto = require('crypto');
const http = require('http');
const zlib = require('zlib');

const url = process.argv[2];
const UPLOAD_BYTES = 20 * 1024 * 1024;
const PAGE = 'The quick brown fox jumps over the lazy dog.';
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const checks = {};

// What fetch does not let one see or set: the bytes as they come, Expect, the connection.
function plain(method, path, { headers = {}, body, onRequest } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(url + path, { method, headers, agent }, (response) => {
      const pieces = [];
      response.on('data', (piece) => pieces.push(piece));
      response.on('end', () => resolve({
        status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces),
        text: Buffer.concat(pieces).toString(), reused: request.reusedSocket,
      }));
      response.on('error', reject);
    });
    request.on('error', reject);
    if (onRequest) onRequest(request);
    else request.end(body);
  });
}

const get = (path, headers = {}) => fetch(url + path, { headers });
const send = (method, path, value) =>
  fetch(url + path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) });

async function problem(response, status) {
  assert.strictEqual(response.status, status);
  assert.strictEqual(response.headers.get('content-type'), 'application/problem+json');
  const document = await response.json();
  assert.strictEqual(document.status, status);
  assert.strictEqual(document.request_id, response.headers.get('x-request-id'));
  assert.strictEqual(document.instance, 'urn:uuid:' + document.request_id);
  return document;
}

const where = (document) => document.errors.map((error) => error.path).sort();
const basic = (user, password) => ({ Authorization: 'Basic ' + Buffer.from(`${user}:${password}`).toString('base64') });
const bearer = (token) => ({ Authorization: 'Bearer ' + token });

checks.json_bodies = async () => {
  const order = { customer: 'Zoë', lines: [{ product: 'AB', count: 3, size: 'large' }], note: null };
  const response = await send('POST', '/orders', order);
  assert.strictEqual(response.status, 201);
  assert.deepStrictEqual(await response.json(), { id: 17, order, count: 3 });
};

checks.json_bodies_that_do_not_fit = async () => {
  const document = await problem(
    await send('POST', '/orders', { lines: [{ product: 'AB', count: 0, size: 'huge' }], colour: 1 }), 422);
  assert.deepStrictEqual(where(document), ['body.colour', 'body.customer', 'body.lines[0].count', 'body.lines[0].size']);
  const json = { 'Content-Type': 'application/json' };
  await problem(await fetch(url + '/orders', { method: 'POST', headers: json, body: '{"customer":' }), 400);
  await problem(await fetch(url + '/orders', { method: 'POST', body: new URLSearchParams({ customer: 'x' }) }), 415);
};

checks.query_parameters = async () => {
  const none = { tags: [], limit: 10, size: 'small', sold: null };
  assert.deepStrictEqual(await (await get('/search')).json(), none);
  const query = new URLSearchParams([['tag', 'a'], ['tag', 'b&c ü'], ['limit', '3'], ['size', 'large'], ['sold', 'true']]);
  assert.deepStrictEqual(await (await get('/search?' + query)).json(),
    { tags: ['a', 'b&c ü'], limit: 3, size: 'large', sold: true });
  const document = await problem(await get('/search?limit=ten&size=huge&sold=perhaps'), 422);
  assert.deepStrictEqual(where(document), ['query.limit', 'query.size', 'query.sold']);
};

checks.path_variables = async () => {
  const name = "Zoë O'Neil/+ 100%";
  assert.strictEqual(await (await get('/customers/' + encodeURIComponent(name))).text(), name);
  assert.deepStrictEqual(where(await problem(await get('/items/seven'), 404)), ['path.id']);
};

checks.headers_and_cookies = async () => {
  const response = await get('/caller', { 'X-Tenant': 'acme', Cookie: 'theme=dark; session=s-1' });
  assert.deepStrictEqual(await response.json(), { tenant: 'acme', session: 's-1' });
  assert.deepStrictEqual(where(await problem(await get('/caller'), 422)), ['header.X-Tenant']);
};

checks.urlencoded_forms = async () => {
  const body = new URLSearchParams([['title', 'a & b = ü'], ['tag', 'x'], ['tag', 'y z']]);
  const response = await fetch(url + '/form', { method: 'POST', body });
  assert.deepStrictEqual(await response.json(), { title: 'a & b = ü', tags: ['x', 'y z'] });
};

checks.uploaded_files = async () => {
  const content = crypto.randomBytes(UPLOAD_BYTES);
  const form = new FormData();
  form.set('title', 'large');
  form.set('file', new Blob([content], { type: 'image/png' }), 'größe.png');
  const response = await fetch(url + '/files', { method: 'POST', body: form });
  assert.deepStrictEqual(await response.json(), {
    title: 'large', filename: 'größe.png', content_type: 'image/png', size: UPLOAD_BYTES,
    sha256: crypto.createHash('sha256').update(content).digest('hex'),
  });
};

checks.raw_bodies = async () => {
  const content = crypto.randomBytes(100000);
  const response = await fetch(url + '/raw', { method: 'POST', body: content });
  assert.ok(Buffer.from(await response.arrayBuffer()).equals(content), 'the bytes come back');
  const chunked = new ReadableStream({
    start(controller) {
      for (const piece of ['one ', 'two ', 'three']) controller.enqueue(Buffer.from(piece));
      controller.close();
    },
  });
  const streamed = await fetch(url + '/raw', { method: 'POST', body: chunked, duplex: 'half' });
  assert.strictEqual(await streamed.text(), 'one two three');
};

checks.head_and_options = async () => {
  const head = await fetch(url + '/page', { method: 'HEAD' });
  assert.strictEqual(head.status, 200);
  assert.strictEqual(head.headers.get('content-length'), String(PAGE.length));
  assert.strictEqual(await head.text(), '');
  const options = await fetch(url + '/items/17', { method: 'OPTIONS' });
  assert.strictEqual(options.status, 204);
  assert.deepStrictEqual(options.headers.get('allow').split(', ').sort(),
    ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'PUT']);
};

checks.put_patch_delete = async () => {
  assert.deepStrictEqual(await (await send('PUT', '/items/3', { text: 'three' })).json(), { id: 3, text: 'three' });
  assert.deepStrictEqual(await (await send('PATCH', '/items/3', {})).json(), { id: 3, text: 'as it was' });
  const gone = await fetch(url + '/items/3', { method: 'DELETE' });
  assert.strictEqual(gone.status, 204);
  assert.strictEqual(await gone.text(), '');
  await problem(await get('/items/18'), 404);
};

checks.conditional_requests_and_ranges = async () => {
  const tag = (await plain('GET', '/page')).headers.etag;
  const unchanged = await plain('GET', '/page', { headers: { 'If-None-Match': tag } });
  assert.deepStrictEqual([unchanged.status, unchanged.text], [304, '']);
  const part = await plain('GET', '/page', { headers: { Range: 'bytes=4-8' } });
  assert.deepStrictEqual([part.status, part.text, part.headers['content-range']], [206, 'quick', `bytes 4-8/${PAGE.length}`]);
  await problem(await get('/page', { Range: 'bytes=100-' }), 416);
  await problem(await get('/page', { 'If-Match': '"v0"' }), 412);
  const source = await plain('GET', '/source');
  const since = { 'If-Modified-Since': source.headers['last-modified'] };
  assert.strictEqual((await plain('GET', '/source', { headers: since })).status, 304);
};

checks.compressed_answers = async () => {
  const bare = await plain('GET', '/text');
  const packed = await plain('GET', '/text', { headers: { 'Accept-Encoding': 'gzip' } });
  assert.deepStrictEqual([bare.headers['content-encoding'], packed.headers['content-encoding']], [undefined, 'gzip']);
  assert.ok(packed.body.length < bare.body.length && zlib.gunzipSync(packed.body).equals(bare.body));
  const response = await get('/text');
  assert.strictEqual(response.headers.get('content-encoding'), 'gzip', 'fetch takes it by itself');
  assert.strictEqual(await response.text(), bare.text);
};

checks.streamed_bodies = async () => {
  const response = await get('/numbers?up_to=100000');
  let text = '';
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) text += piece;
  assert.strictEqual(text, Array.from({ length: 100000 }, (_, i) => `${i + 1}\n`).join(''));
};

checks.server_sent_events = async () => {
  const response = await get('/ticks?count=3', { Accept: 'text/event-stream' });
  assert.strictEqual(response.headers.get('content-type'), 'text/event-stream');
  const expected = [1, 2, 3].map((i) => `event: tick\nid: ${i}\ndata: tick\ndata: ${i}`);
  assert.deepStrictEqual((await response.text()).split('\n\n'), [...expected, '']);
};

checks.one_connection_for_many_requests = async () => {
  await plain('GET', '/page');
  for (const path of ['/page', '/no/such/path', '/numbers?up_to=10', '/page']) {
    assert.ok((await plain('GET', path)).reused, `before ${path} the connection stayed open`);
  }
};

checks.expectations = async () => {
  let continued = false;
  const response = await plain('POST', '/raw', {
    headers: { Expect: '100-continue', 'Content-Length': 5 },
    onRequest: (request) => {
      request.on('continue', () => {
        continued = true;
        request.end('hello');
      });
      request.flushHeaders();
    },
  });
  assert.ok(continued);
  assert.strictEqual(response.text, 'hello');
};

checks.bearer_tokens = async () => {
  assert.strictEqual(await (await get('/who', bearer('token-of-alice'))).text(), 'alice');
  const missing = await get('/who');
  assert.strictEqual(missing.headers.get('www-authenticate'), 'Bearer realm="doors", Basic realm="doors", charset="UTF-8"');
  await problem(missing, 401);
  await problem(await get('/who', bearer('forged')), 401);
  assert.strictEqual((await problem(await get('/who', bearer('token-of-mallory')), 403)).detail, 'mallory may not');
};

checks.passwords = async () => {
  assert.strictEqual(await (await get('/who', basic('bob', 'open:sésame'))).text(), 'bob');
  await problem(await get('/who', basic('bob', 'wrong')), 401);
  await problem(await get('/who', basic('nobody', 'open:sésame')), 401);
};

checks.problems = async () => {
  await problem(await get('/no/such/path'), 404);
  const refused = await fetch(url + '/search', { method: 'POST' });
  assert.strictEqual(refused.headers.get('allow'), 'GET, HEAD');
  await problem(refused, 405);
  await problem(await get('/items/17', { Accept: 'text/html' }), 406);
  const failure = await problem(await get('/failure'), 500);
  assert.ok(failure.call_id.startsWith('doors.fail.') && !JSON.stringify(failure).includes('reason'));
};

async function main() {
  let failed = 0;
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      console.log('ok ' + name);
    } catch (error) {
      failed += 1;
      console.log('not ok ' + name, error);
    }
  }
  console.log(`${Object.keys(checks).length - failed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}

main();
