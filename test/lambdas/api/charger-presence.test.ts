import fc from 'fast-check';
import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chargerPresence } from '../../../lambdas/api/commands/charger-presence.ts';
import { endConnection, takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { openSite, type TestSite } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  const tariff = { name: 'AC', currency: 'EUR', perKwh: '0.50' };
  site = await openSite({ tokens: [], tariff, charger: { commissionedAt: undefined } });
});
beforeEach(async () => {
  await site.register();
});
afterAll(async () => {
  await site.close();
});

const minutesAgo = (minutes: number): string =>
  new Date(Date.now() - minutes * 60_000).toISOString();

let connections = 0;

/** Connects the charger some minutes ago; gives what ends that connection. */
async function connect(connected: number) {
  connections += 1;
  const connectionId = `presence-${connections}`;
  const connection = { connectionId, protocol: 'ocpp1.6', connectedAt: minutesAgo(connected) };
  await takeOver(site.database, site.chargerKey, connection);
  return async (at: string) =>
    await endConnection(site.database, site.chargerKey, connectionId, at);
}

const order = async (query = '') =>
  (
    await site.call('POST', `/chargers/${site.chargerId}/commands${query}`, {
      type: 'clear-cache',
    })
  ).body;

describe('a command that waits', () => {
  it('a command to a charger that is not connected says so, and when the charger was last seen', async () => {
    const disconnect = await connect(30);
    const at = minutesAgo(7);
    await disconnect(at);
    const waits = { state: 'queued', chargerConnected: false, chargerLastSeenAt: at };

    const made = await order();
    expect(made).toMatchObject(waits);
    expect((await site.call('GET', `/commands/${made['commandId']}`)).body).toMatchObject(waits);
    expect(await order('?wait=1')).toMatchObject(waits);
  });

  it('a command to a connected charger says that it is, and no more once it does not wait', async () => {
    await connect(30);

    const made = await order();
    expect(made).toMatchObject({ state: 'queued', chargerConnected: true });
    expect(made).not.toHaveProperty('chargerLastSeenAt');
    const path = `/commands/${made['commandId']}`;
    expect((await site.call('GET', path)).body).toMatchObject({ chargerConnected: true });
    expect((await site.call('DELETE', path)).body).not.toHaveProperty('chargerConnected');
    expect((await site.call('GET', path)).body).not.toHaveProperty('chargerConnected');
  });

  it('the answer that is repeated under its Idempotency-Key says what it said', async () => {
    const disconnect = await connect(30);
    const send = async () =>
      await site.call(
        'POST',
        `/chargers/${site.chargerId}/commands`,
        { type: 'clear-cache' },
        { 'idempotency-key': 'again' },
      );
    const first = await send();
    await disconnect(minutesAgo(0));

    expect(await send()).toEqual(first);
    expect(first.body).toMatchObject({ chargerConnected: true });
  });

  it('a command says of its charger what is shown of the charger, and nothing once it waits no more', () => {
    const time = fc.integer({ min: 0, max: 180 }).map(minutesAgo);
    const states = ['queued', 'sent', 'accepted', 'rejected', 'failed', 'timed-out'] as const;
    const connection = fc.record(
      { connectedAt: time, lastSeenAt: time, disconnectedAt: time },
      { requiredKeys: ['connectedAt', 'lastSeenAt'] },
    );
    fc.assert(
      fc.property(connection, fc.constantFrom(...states), (times, state) => {
        const known = { connectionId: 'c', protocol: 'ocpp1.6', ...times } as const;
        const { chargerConnected, chargerLastSeenAt } = chargerPresence(
          { state },
          known,
          minutesAgo(0),
        );

        expect(chargerConnected !== undefined).toBe(state === 'queued');
        expect(chargerLastSeenAt !== undefined).toBe(chargerConnected === false);
        if (times.disconnectedAt !== undefined) expect(chargerConnected).not.toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
