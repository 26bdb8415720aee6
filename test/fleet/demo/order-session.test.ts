import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StackAccess } from '../../../clients/stack-access.ts';
import type { ChargingPlan } from '../../../fleet/charger/charging-plan.ts';
import { ordersTo } from '../../../fleet/demo/order-session.ts';

let status = 503;
const server = createServer((_request, response) => {
  const body = { message: 'Service Unavailable', commandId: 'cmd_1', state: 'accepted' };
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});
let access: StackAccess;

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  access = { http: `http://127.0.0.1:${port}`, apiKey: 'jg_live_1' } as StackAccess;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const plan = { idTag: 'ADA', connectorId: 1 } as ChargingPlan;

it('an order that a busy machine does not answer in time counts as sent alone, and the charging goes on', async () => {
  const count = { sent: 0, accepted: 0 };
  const orders = ordersTo(access, 'CP1', count);
  status = 503;
  await orders.start(plan);
  await orders.stop();
  expect(count).toEqual({ sent: 1, accepted: 0 });

  status = 200;
  await orders.start(plan);
  expect(count).toEqual({ sent: 2, accepted: 1 });
});

it('any other refusal of an order ends the demo', async () => {
  status = 401;
  const orders = ordersTo(access, 'CP1', { sent: 0, accepted: 0 });
  await expect(orders.start(plan)).rejects.toThrow('Service Unavailable');
});
