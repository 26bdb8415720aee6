// From an API key to a session that is billed, and a webhook that is verified. Needs Node 20 and nothing else.
//
//   HTTP=http://127.0.0.1:3000 KEY=jg_live_… node examples/first-session.mjs
//
// The receiver runs on this machine. A local stack reaches it where JOULEGATE_ALLOW_LOOPBACK=1 was set for `npm start`;
// for a deployed one set PUBLIC_URL to an https address that leads to PORT (8080).
import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

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

/** The whole body of a request. */
const bodyOf = async (request) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

const deliveries = [];
let arrived = () => {};
const receiver = createServer(async (request, response) => {
  const body = await bodyOf(request);
  response.writeHead(204).end();
  deliveries.push({ headers: request.headers, body });
  arrived();
}).listen(Number(PORT), '127.0.0.1');
await once(receiver, 'listening');

const tariff = await call('POST', '/tariffs', {
  name: 'Street',
  currency: 'EUR',
  perKwh: '0.49',
  vatPercent: '19',
});
const pushKey = await call('POST', '/api-keys', {
  name: 'Wallbox',
  scopes: ['sessions:push'],
  tariffId: tariff.tariffId,
});
const webhook = await call('POST', '/webhooks', {
  url: PUBLIC_URL ?? `http://127.0.0.1:${receiver.address().port}/`,
  events: ['cdr.created'],
});

// Events are complete from ten seconds after the first webhook of an operator on.
await new Promise((resolve) => setTimeout(resolve, Number(process.env.WAIT_MS ?? 11_000)));

const day = new Date(Date.now() - 24 * 3_600_000);
await call(
  'POST',
  '/api/gateway/sessions',
  {
    sessions: [
      {
        carConnected: day.toISOString(),
        carDisconnected: new Date(day.getTime() + 3_600_000).toISOString(),
        kiloWattHours: 32.5,
      },
    ],
  },
  pushKey.apiKey,
);

while (deliveries.length === 0) {
  await new Promise((resolve) => {
    arrived = resolve;
  });
}
const [{ headers, body }] = deliveries;
if (!isGenuine(webhook.secret, headers, body)) throw new Error('The delivery is not genuine.');
const event = JSON.parse(body);
const cdr = await call('GET', `/cdrs/${encodeURIComponent(event.data.cdrId)}`);
console.log(`verified: ${event.type} ${event.id}`);
console.log(
  `billed: ${cdr.energyKwh} kWh for ${cdr.total.inclVat} ${cdr.total.currency}, ${cdr.state}`,
);

await call('DELETE', `/webhooks/${webhook.webhookId}`);
await call('DELETE', `/api-keys/${pushKey.apiKeyId}`);
receiver.close();
