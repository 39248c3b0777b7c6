'use strict';

// Has a program print its OpenAPI and AsyncAPI documents, and holds them against other people's validators.
//
//     node validate_documents.js NODE_MODULES PROGRAM COMMAND...      COMMAND: openapi, asyncapi
//
// Exits with 0 if all are valid, 1 if not.

const { execFileSync } = require('child_process');
const path = require('path');
const { pathToFileURL } = require('url');

const [modules, program, ...commands] = process.argv.slice(2);

async function problemsOfOpenApi(document) {
  const url = pathToFileURL(path.join(modules, '@seriousme/openapi-schema-validator/index.js'));
  const { Validator } = await import(url.href);
  const result = await new Validator().validate(document);
  return result.valid ? [] : [].concat(result.errors).map((error) => JSON.stringify(error));
}

async function problemsOfAsyncApi(document) {
  const { Parser } = require(path.join(modules, '@asyncapi/parser'));
  const { document: parsed, diagnostics } = await new Parser().parse(JSON.stringify(document));
  // The others are advice, such as to have a licence.
  const errors = diagnostics.filter((each) => each.severity === 0);
  if (!parsed && errors.length === 0) return ['it could not be parsed'];
  return errors.map((each) => '/' + each.path.join('/') + ': ' + each.message);
}

// References that lead nowhere, which a validator of schemas need not notice.
function danglingReferences(document) {
  const dangling = [];
  const visit = (value) => {
    if (!value || typeof value !== 'object') return;
    if (typeof value.$ref === 'string') {
      const target = value.$ref.slice(2).split('/').reduce((at, step) => at && at[step], document);
      if (target === undefined) dangling.push('nothing is at ' + value.$ref);
    }
    Object.values(value).forEach(visit);
  };
  visit(document);
  return dangling;
}

const validators = { openapi: problemsOfOpenApi, asyncapi: problemsOfAsyncApi };

async function check(command) {
  const text = execFileSync(program, [command], { encoding: 'utf8' });
  const problems = [];
  if (execFileSync(program, [command], { encoding: 'utf8' }) !== text) problems.push('a second run prints another document');
  const document = JSON.parse(text);
  problems.push(...danglingReferences(document), ...(await validators[command](document)));
  // A validator that finds nothing must be one that would.
  delete document.info.title;
  if ((await validators[command](document)).length === 0) problems.push('the validator accepts a document without a title');
  for (const problem of problems) console.log(`${path.basename(program)} ${command}: ${problem}`);
  if (problems.length === 0) console.log(`${path.basename(program)} ${command}: valid, ${text.length} bytes`);
  return problems.length === 0;
}

async function main() {
  let good = commands.length > 0;
  for (const command of commands) good = (await check(command)) && good;
  process.exit(good ? 0 : 1);
}

main();
