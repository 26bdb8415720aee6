// Takes the money for each sealed CDR with a payment system of one's own, and says so: a webhook, and a call for each bill.
// Needs Node 20 and nothing else.
//
//   HTTP=http://127.0.0.1:3000 KEY=jg_live_… node examples/payments/collect-payments.mjs
//
// The receiver runs on this machine. A local stack reaches it where JOULEGATE_ALLOW_LOOPBACK=1 was set for `npm start`;
// for a deployed one set PUBLIC_URL to an https address that leads to PORT (8080).
import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { paymentSystem } from './payment-system.mjs';

const { HTTP, KEY, PUBLIC_URL, PORT = PUBLIC_URL === undefined ? '0' : '8080' } = process.env;

async function call(method, path, body, key = KEY) {
  const response = await fetch(`${HTTP}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok)
    throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

// Standard Webhooks: one signature of several has to be valid, and the delivery must not be old.
function isGenuine(secret, headers, body) {
  const timestamp = headers['webhook-timestamp'];
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${headers['webhook-id']}.${timestamp}.${body}`;
  const expected = Buffer.from(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  return String(headers['webhook-signature'])
    .split(' ')
    .map((signature) => Buffer.from(signature))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

// A bill says what is open: above 0 it is to be paid, and below 0, as after a credit, given back.
async function settle(cdrId) {
  const path = `/cdrs/${encodeURIComponent(cdrId)}/payments`;
  const bill = await call('GET', path);
  const { open, currency } = bill;
  if (Number(open) === 0) return bill;
  const done = open.startsWith('-')
    ? paymentSystem.giveBack(bill, open.slice(1))
    : paymentSystem.take(bill, open);
  return await call('POST', path, { ...done, currency, method: 'example' });
}

/** The whole body of a request. */
const bodyOf = async (request) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

let webhook;
const settled = [];
let arrived = () => {};
const receiver = createServer(async (request, response) => {
  const body = await bodyOf(request);
  if (webhook === undefined || !isGenuine(webhook.secret, request.headers, body)) {
    response.writeHead(401).end();
    return;
  }
  try {
    const { type, data } = JSON.parse(body);
    if (type === 'cdr.created') settled.push(await settle(data.cdrId));
    response.writeHead(204).end();
  } catch (error) {
    // The bill may be a moment behind the event: the delivery is repeated.
    console.error(String(error));
    response.writeHead(503).end();
  }
  arrived();
}).listen(Number(PORT), '127.0.0.1');
await once(receiver, 'listening');

await call('PUT', '/settings/payments', { adapter: 'invoice' });
webhook = await call('POST', '/webhooks', {
  url: PUBLIC_URL ?? `http://127.0.0.1:${receiver.address().port}/`,
  events: ['cdr.created'],
});

// Events are complete from ten seconds after the first webhook of an operator on.
await new Promise((resolve) => setTimeout(resolve, Number(process.env.WAIT_MS ?? 11_000)));

// A session to be paid: one of a wallbox that is pushed when it is over.
const tariff = await call('POST', '/tariffs', { name: 'Street', currency: 'EUR', perKwh: '0.49' });
const pushKey = await call('POST', '/api-keys', {
  name: 'Wallbox',
  scopes: ['sessions:push'],
  tariffId: tariff.tariffId,
});
const day = new Date(Date.now() - 24 * 3_600_000);
const session = {
  carConnected: day.toISOString(),
  carDisconnected: new Date(day.getTime() + 3_600_000).toISOString(),
  kiloWattHours: 10,
};
await call('POST', '/api/gateway/sessions', { sessions: [session] }, pushKey.apiKey);

while (settled.length === 0) {
  await new Promise((resolve) => {
    arrived = resolve;
  });
}
const [bill] = settled;
console.log(`paid: ${bill.received} of ${bill.due} ${bill.currency}, ${bill.state}`);
const again = await settle(bill.cdrs[0].cdrId);
console.log(`again: ${again.payments.length} payment, ${again.state}`);

await call('DELETE', `/webhooks/${webhook.webhookId}`);
await call('DELETE', `/api-keys/${pushKey.apiKeyId}`);
receiver.close();
