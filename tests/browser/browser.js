'use strict';

// A Chromium of its own for a test, that notes what leaves for elsewhere, fails, or is complained about.

const fs = require('fs');
const os = require('os');
const path = require('path');

const TIMEOUT_MS = 60000;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];

function watchForTrouble(page, api) {
  const trouble = [];
  page.on('console', (message) => message.type() === 'error' && trouble.push('console: ' + message.text()));
  page.on('pageerror', (error) => trouble.push('script: ' + error.message));
  page.on('request', (request) => {
    const isOwn = request.url().startsWith(api + '/') || request.url().startsWith('data:');
    if (!isOwn) trouble.push('a request to ' + request.url());
  });
  page.on('requestfailed', (request) => trouble.push('failed: ' + request.url()));
  return trouble;
}

// Calls visit(page, trouble) with an empty page.
// @param httpCredentials what the person enters where Chromium itself asks for a name and a password
async function withPage({ modules, chromium, api, httpCredentials }, visit) {
  const playwright = require(path.join(modules, 'playwright-core'));
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'hiratake-chromium-'));
  const context = await playwright.chromium.launchPersistentContext(profile, {
    executablePath: chromium, headless: true, args: FLAGS, viewport: { width: 1280, height: 1000 }, httpCredentials,
  });
  try {
    const page = context.pages()[0] || (await context.newPage());
    page.setDefaultTimeout(TIMEOUT_MS);
    await visit(page, watchForTrouble(page, api));
  } finally {
    await context.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
}

async function screenshot(page, folder, name) {
  fs.mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, name), fullPage: true });
}

function run(main) {
  main().catch((error) => {
    console.error(error);
    process.exit(1);
  });
}

module.exports = { TIMEOUT_MS, withPage, screenshot, run };
