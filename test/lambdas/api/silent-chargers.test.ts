import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { countRequests } from '../count-requests.ts';
import { askedConnections, goneConnections } from '../test-services.ts';
import { openSite, type TestSite } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { commissionedAt: undefined },
  });
});
beforeEach(async () => {
  await site.register();
});
afterAll(async () => {
  await site.close();
});

let connections = 0;

const minutesAgo = (minutes: number): string =>
  new Date(Date.now() - minutes * 60_000).toISOString();

/** A connection of the charger that said nothing since, by its id. */
const connectedAgo = async (minutes: number): Promise<string> => {
  connections += 1;
  const connectionId = `silent-${connections}`;
  await takeOver(site.database, site.chargerKey, {
    connectionId,
    protocol: 'ocpp1.6',
    connectedAt: minutesAgo(minutes),
  });
  return connectionId;
};

const shown = async () => (await site.call('GET', `/chargers/${site.chargerId}`)).body;

describe('a charger that fell silent', () => {
  it('a charger whose connection API Gateway knows no more is offline after a quarter of an hour, since it was last heard', async () => {
    const connectionId = await connectedAgo(16);
    goneConnections.add(connectionId);

    const first = await shown();
    expect(first['online']).toBe(false);
    expect(first['lastSeenAt']).toBe(first['connectedAt']);
    expect((await shown())['online']).toBe(false);
    // Once it is known, nobody asks again.
    expect(askedConnections.filter((id) => id === connectionId)).toHaveLength(1);
  });

  it('a charger that is only quiet stays online, and is asked for once a minute at most', async () => {
    const connectionId = await connectedAgo(30);

    expect((await shown())['online']).toBe(true);
    expect((await shown())['online']).toBe(true);
    expect(askedConnections.filter((id) => id === connectionId)).toHaveLength(1);
  });

  it('API Gateway is not asked for a charger that was heard within a quarter of an hour, nor for one that is offline', async () => {
    const recent = await connectedAgo(14);
    expect((await shown())['online']).toBe(true);
    const list = await site.call('GET', '/chargers?limit=100');
    expect(list.status).toBe(200);

    expect(askedConnections).not.toContain(recent);
  });

  it('a charger that came back meanwhile is not taken for gone', async () => {
    goneConnections.add(await connectedAgo(40));
    const charger = await shown();
    expect(charger['online']).toBe(false);
    await connectedAgo(0);

    expect((await shown())['online']).toBe(true);
  });

  it('a silent charger costs its reader one write, once', async () => {
    goneConnections.add(await connectedAgo(20));

    expect((await countRequests(site.database, shown)).writes).toEqual(['UpdateItem']);
    expect((await countRequests(site.database, shown)).writes).toEqual([]);
  });
});
