import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contextOf } from '../../../lambdas/connection/charger-context.ts';
import { readCharger } from '../../../lambdas/store/chargers/chargers.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { type Steps, startSteps } from '../run-steps.ts';
import { openSite, type TestSite } from '../test-site.ts';

let site: TestSite;
let steps: Steps;
let path: string;

beforeAll(async () => {
  site = await openSite({ tokens: [], tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' } });
  steps = await startSteps(site.database);
});

beforeEach(async () => {
  path = `/chargers/${await site.register()}`;
});

afterAll(async () => {
  steps.stop();
  await site.close();
});

const connect = async (connectionId: string): Promise<void> => {
  const connectedAt = new Date().toISOString();
  const connection = { connectionId, protocol: 'ocpp1.6', connectedAt };
  await takeOver(site.database, site.chargerKey, connection);
};

/** The end of a connection, with the context that it was opened with. */
async function disconnect(connectionId: string): Promise<unknown> {
  const charger = await readCharger(site.database, site.chargerKey);
  const authorizer = charger === undefined ? undefined : contextOf(charger, 'ocpp1.6', {});
  return await steps.run('disconnect', { requestContext: { authorizer, connectionId } });
}

const isOnline = async (): Promise<unknown> => (await site.call('GET', path)).body['online'];

describe('the end of a connection', () => {
  it('a charger is offline once its connection has ended', async () => {
    await connect('only');
    expect(await isOnline()).toBe(true);

    expect(await disconnect('only')).toMatchObject({ statusCode: 200 });

    expect(await isOnline()).toBe(false);
  });

  it('a charger that has connected again stays online when its older connection ends', async () => {
    await connect('older');
    await connect('newer');

    expect(await disconnect('older')).toMatchObject({ statusCode: 200 });

    expect(await isOnline()).toBe(true);
  });

  it('the end of a connection without a charger changes nothing', async () => {
    await connect('only');

    const event = { requestContext: { authorizer: null, connectionId: 'only' } };
    expect(await steps.run('disconnect', event)).toMatchObject({ statusCode: 200 });

    expect(await isOnline()).toBe(true);
  });
});
