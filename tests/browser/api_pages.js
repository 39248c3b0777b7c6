'use strict';

// A person at the documentation pages of the reference API: reads, fills in the form, presses Execute, gets the mail.
//
//     node api_pages.js NODE_MODULES CHROMIUM SCREENSHOT_FOLDER API OUTBOX

const assert = require('assert');
const fs = require('fs');
const path = require('path');

const { TIMEOUT_MS, withPage, screenshot, run } = require('./browser');

const [modules, chromium, screenshots, api, outbox] = process.argv.slice(2);

const EMAIL = 'browser@example.com';
const ANSWER = "Please wait the calculation, you'll receive an email with results";

function mails() {
  return fs.readdirSync(outbox)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => fs.readFileSync(path.join(outbox, name), 'utf8'))
    .filter((text) => text.includes(EMAIL));
}

// A watch may miss what came before it, so it looks on every change and now.
function mailsWith(...texts) {
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = mails();
      if (!texts.every((text) => found.some((mail) => mail.includes(text)))) return;
      watcher.close();
      clearTimeout(timer);
      resolve(found);
    };
    const watcher = fs.watch(outbox, look);
    const timer = setTimeout(() => {
      watcher.close();
      reject(new Error(`no mails with ${texts.join(' and ')} within ${TIMEOUT_MS} ms; there are ${mails().length}`));
    }, TIMEOUT_MS);
    look();
  });
}

async function executeCompute(page) {
  await page.goto(api + '/apidocs');
  assert.strictEqual(page.url(), api + '/apidocs/', 'the page without its slash leads to the page');
  const operation = page.locator('.opblock-post', { hasText: '/compute' });
  await operation.waitFor();
  await operation.locator('.opblock-summary').click();
  const documented = await operation.locator('.responses-inner').first().innerText();
  assert.ok(documented.includes(ANSWER), 'the text of the answer is documented');

  await operation.getByRole('button', { name: 'Try it out' }).click();
  const form = operation.locator('textarea.body-param__text');
  const example = JSON.parse(await form.inputValue());
  assert.deepStrictEqual(Object.keys(example), ['operation', 'value', 'other', 'email']);
  assert.ok(example.email.includes('@'), 'there is an example of an e-mail address');
  assert.ok(Number.isInteger(example.value) && Number.isInteger(example.other));
  await form.fill(JSON.stringify({ operation: 'mul', value: 30, other: 10, email: EMAIL }));
  await operation.getByRole('button', { name: 'Execute' }).click();

  const live = operation.locator('.live-responses-table .response');
  await live.waitFor();
  assert.strictEqual((await live.locator('.response-col_status').innerText()).split('\n')[0].trim(), '200');
  assert.ok((await live.innerText()).includes(ANSWER), 'the page shows the answer');
  await live.scrollIntoViewIfNeeded();
}

async function readSchema(page) {
  const schema = page.locator('.models');
  await schema.waitFor();
  await schema.getByText('ComputeRequest').first().click();
  await schema.getByText('operation', { exact: true }).first().waitFor();
}

async function readMessages(page) {
  await page.goto(api + '/asyncapi/');
  await page.locator('main:not([aria-busy])').waitFor();
  await page.locator('h1', { hasText: 'api' }).waitFor();
  assert.strictEqual(await page.locator('.failed').count(), 0);
}

run(() => withPage({ modules, chromium, api }, async (page, trouble) => {
  await executeCompute(page);
  await mailsWith('API Notification', '300');
  await readSchema(page);
  await screenshot(page, screenshots, 'apidocs.png');
  await readMessages(page);
  await screenshot(page, screenshots, 'asyncapi.png');
  assert.deepStrictEqual(trouble, []);
  console.log(`200, the text, and ${mails().length} mails; the screenshots are in ${screenshots}`);
}));
