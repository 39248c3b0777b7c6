'use strict';

// Shows the service's AsyncAPI document: each operation with its channel and the schemas of its messages.

const MAX_DEPTH = 8;
let api;

// Texts from the document become text nodes, never markup.
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== undefined && child !== ''));
  return made;
}

function resolve(value) {
  while (value && value.$ref) {
    const steps = value.$ref.slice(2).split('/');
    const target = steps.reduce((at, step) => at && at[step.replace(/~1/g, '/').replace(/~0/g, '~')], api);
    const { $ref, ...beside } = value;
    value = { ...target, ...beside };
  }
  return value || {};
}

const nameOf = (schema) => (schema.$ref ? schema.$ref.split('/').pop() : '');

function rangeOf(schema) {
  const words = [];
  if (schema.minimum !== undefined) words.push('≥ ' + schema.minimum);
  if (schema.exclusiveMinimum !== undefined) words.push('> ' + schema.exclusiveMinimum);
  if (schema.maximum !== undefined) words.push('≤ ' + schema.maximum);
  if (schema.exclusiveMaximum !== undefined) words.push('< ' + schema.exclusiveMaximum);
  if (schema.multipleOf !== undefined) words.push('a multiple of ' + schema.multipleOf);
  if (schema.minLength !== undefined) words.push('at least ' + schema.minLength + ' characters');
  if (schema.maxLength !== undefined) words.push('at most ' + schema.maxLength + ' characters');
  if (schema.pattern !== undefined) words.push('matches ' + schema.pattern);
  if (schema.minItems !== undefined) words.push('at least ' + schema.minItems + ' elements');
  if (schema.maxItems !== undefined) words.push('at most ' + schema.maxItems + ' elements');
  return words.join(', ');
}

function typeOf(schema) {
  const name = nameOf(schema);
  const resolved = resolve(schema);
  if (resolved.enum) return 'one of ' + resolved.enum.map((value) => JSON.stringify(value)).join(', ');
  if (resolved.const !== undefined) return JSON.stringify(resolved.const);
  if (resolved.anyOf) return resolved.anyOf.map(typeOf).join(' or ');
  if (resolved.type === 'array') return 'array' + (resolved.items ? ' of ' + typeOf(resolved.items) : '');
  const type = name || resolved.type || 'anything';
  return type + (resolved.format ? ' (' + resolved.format + ')' : '');
}

// The schema whose properties are worth a look: of an object, or of the elements of an array, or of one alternative.
function inside(schema) {
  const resolved = resolve(schema);
  if (resolved.properties) return resolved;
  if (resolved.items) return inside(resolved.items);
  return (resolved.anyOf || []).map(inside).find((found) => found) || null;
}

function rows(schema, depth, above) {
  const owner = inside(schema);
  if (!owner || depth > MAX_DEPTH || above.includes(owner.properties)) return [];
  return Object.entries(owner.properties).flatMap(([name, property]) => {
    const resolved = resolve(property);
    const required = (owner.required || []).includes(name);
    const notes = [
      rangeOf(resolved),
      resolved.description,
      resolved.default !== undefined ? 'Default: ' + JSON.stringify(resolved.default) : '',
      resolved.examples ? 'Example: ' + JSON.stringify(resolved.examples[0]) : '',
    ];
    const label = element('code', required ? { class: 'required', title: 'required' } : {}, name);
    const row = element('tr', {},
      element('td', {}, '    '.repeat(depth), label),
      element('td', {}, typeOf(property)),
      element('td', { class: 'note' }, notes.filter(Boolean).join('. ')));
    return [row, ...rows(property, depth + 1, [...above, owner.properties])];
  });
}

function messageView(title, reference) {
  const message = resolve(reference);
  const table = rows(message.payload || {}, 0, []);
  return [
    element('h4', {}, title, ' ', element('code', {}, message.name || '')),
    message.summary ? element('div', { class: 'note' }, message.summary) : '',
    table.length ? element('table', {}, element('tbody', {}, ...table)) : element('div', {}, typeOf(message.payload || {})),
  ];
}

function facts(operation, channel) {
  const binding = (channel.bindings && channel.bindings.amqp) || {};
  const pairs = [
    ['exchange', binding.exchange && binding.exchange.name + ' (' + binding.exchange.type + ')'],
    ['routing key', channel.address],
    ['queue', operation['x-queue']],
    ['handled by', operation['x-handler-type']],
    ['replies', operation.reply && 'to the queue in reply_to, with the same correlation_id'],
  ];
  return element('dl', {}, ...pairs.filter(([, value]) => value).flatMap(([name, value]) =>
    [element('dt', {}, name), element('dd', {}, element('code', {}, value))]));
}

function operationView(key, operation) {
  const channel = resolve(operation.channel);
  const reply = operation.reply ? operation.reply.messages || [] : [];
  const details = element('details', { id: key },
    element('summary', {},
      element('span', { class: 'action ' + operation.action }, operation.action),
      element('code', {}, channel.address || key),
      element('span', {}, operation.summary || '')),
    element('div', { class: 'body' },
      facts(operation, channel),
      operation.description && operation.description !== operation.summary + '.' ? element('p', {}, operation.description) : '',
      ...(operation.messages || []).flatMap((message) => messageView('Message', message)),
      ...reply.flatMap((message) => messageView('Reply', message))));
  return element('article', {}, details);
}

function show(parsed) {
  api = parsed;
  document.title = api.info.title + ' · messages';
  const operations = Object.entries(api.operations || {});
  const groups = new Map();
  for (const [key, operation] of operations) {
    const group = operation.tags && operation.tags.length ? operation.tags[0].name : '';
    groups.set(group, [...(groups.get(group) || []), operationView(key, operation)]);
  }
  return [
    element('h1', {}, api.info.title, element('small', {}, 'version ' + api.info.version)),
    element('p', {}, api.info.description || ''),
    element('p', { class: 'note' }, element('a', { href: '../asyncapi.json' }, 'asyncapi.json'), ' (AsyncAPI ' + api.asyncapi + ')'),
    ...[...groups].flatMap(([group, views]) => [element('h2', {}, group), ...views]),
    operations.length ? '' : element('p', {}, 'No service here takes messages from a broker or sends any.'),
  ];
}

async function start() {
  const page = document.getElementById('document');
  try {
    const response = await fetch(new URL('../asyncapi.json', document.baseURI));
    if (!response.ok) throw new Error('asyncapi.json: ' + response.status + ' ' + response.statusText);
    page.replaceChildren(...show(await response.json()).filter((part) => part !== ''));
  } catch (error) {
    page.replaceChildren(element('p', { class: 'failed' }, 'The document could not be shown: ' + error.message));
  }
  page.removeAttribute('aria-busy');
}

start();
