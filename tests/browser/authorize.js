'use strict';

// A person at the documentation page of a service that asks for credentials: is refused, presses Authorize, is let in.
//
//     node authorize.js NODE_MODULES CHROMIUM SCREENSHOT_FOLDER API      API: http_subject.cpp

const assert = require('assert');

const { withPage, screenshot, run } = require('./browser');

const [modules, chromium, screenshots, api] = process.argv.slice(2);

// The status of the answer that the page shows for this operation.
async function execute(page, operation) {
  const [response] = await Promise.all([
    page.waitForResponse(api + '/who'),
    operation.getByRole('button', { name: 'Execute' }).click(),
  ]);
  await operation.locator('.live-responses-table .response-col_status', { hasText: response.status() }).waitFor();
  return response.status();
}

async function authorize(page, token) {
  await page.locator('.scheme-container .authorize').click();
  const form = page.locator('.auth-container', { hasText: 'bearer' }).first();
  await form.locator('input').fill(token);
  await form.locator('button[type=submit]').click();
  await page.locator('.close-modal').click();
}

const httpCredentials = { username: 'nobody', password: 'not known' };

run(() => withPage({ modules, chromium, api, httpCredentials }, async (page, trouble) => {
  await page.goto(api + '/apidocs/');
  const operation = page.locator('.opblock-get', { hasText: '/who' });
  await operation.locator('.opblock-summary').click();
  assert.strictEqual(await page.locator('.opblock .authorization__btn').count(), 1, 'one operation has a lock');
  await operation.getByRole('button', { name: 'Try it out' }).click();
  assert.strictEqual(await execute(page, operation), 401);
  await authorize(page, 'token-of-alice');
  assert.strictEqual(await execute(page, operation), 200);
  const answer = operation.locator('.live-responses-table .response');
  await answer.getByText('alice', { exact: true }).first().waitFor();
  await screenshot(page, screenshots, 'authorize.png');
  const unexpected = trouble.filter((each) => !each.includes('401'));
  assert.deepStrictEqual(unexpected, []);
  console.log(`401, then 200; the screenshot is in ${screenshots}`);
}));
