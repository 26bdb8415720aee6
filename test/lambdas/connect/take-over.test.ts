import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptConnection } from '../../../lambdas/connect/accept-connection.ts';
import type { ChargerContext } from '../../../lambdas/connection/charger-context.ts';
import type { ConnectionHelpers } from '../../../lambdas/connection/close-when-open.ts';
import { isCurrentConnection } from '../../../lambdas/store/chargers/connections.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const connectedAt = '2026-04-14T16:00:00.000Z';
let chargers = 0;

const newCharger = (): ChargerContext => {
  chargers += 1;
  return {
    chargerId: `CP-${chargers}`,
    chargerKey: `op_1#cp-${chargers}`,
    operatorId: 'op_1',
    shard: 0,
    protocol: 'ocpp1.6',
    timeZone: 'UTC',
  };
};

/** A gateway that lets a connection in some time after its function has answered, and closes only what it let in. */
const newGateway = () => {
  const open = new Set<string>();
  const attempts: string[] = [];
  const close: ConnectionHelpers['close'] = async (id) => {
    attempts.push(id);
    return open.delete(id) ? 'closed' : 'unknown';
  };
  return { open, attempts, close };
};

describe('a connection that takes over from one whose handshake is still under way', () => {
  it('a new connection closes the older one of its charger once the gateway has let that one in', async () => {
    const charger = newCharger();
    const { open, attempts, close } = newGateway();
    const never = async () => {};
    const connect = (id: string, wait: ConnectionHelpers['wait']) =>
      acceptConnection(database, { close, wait }, charger, id, connectedAt);

    expect(await connect('older', never)).toBe('accepted');
    const letIn = async () => {
      open.add('older');
    };
    expect(await connect('newer', letIn)).toBe('accepted');
    open.add('newer');

    expect(attempts).toEqual(['older', 'older']);
    expect([...open]).toEqual(['newer']);
  });

  it('a handshake is refused if a newer connection of its charger was accepted meanwhile', async () => {
    const charger = newCharger();
    const gateway = newGateway();
    const waits: number[] = [];
    const wait = async (ms: number) => void waits.push(ms);
    await acceptConnection(database, { ...gateway, wait }, charger, 'first', connectedAt);
    gateway.open.add('first');
    let newer: Promise<string> | undefined;

    const older = await acceptConnection(
      database,
      {
        wait,
        close: async (id) => {
          newer = acceptConnection(database, { ...gateway, wait }, charger, 'newer', connectedAt);
          await newer;
          return await gateway.close(id);
        },
      },
      charger,
      'older',
      connectedAt,
    );

    expect(await newer).toBe('accepted');
    expect(older).toBe('taken-over');
    expect([...gateway.open]).toEqual([]);
    // Nobody waits longer for it than the gateway needs to let it in.
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(2_000);
  });

  it('a new connection does not wait for one that is too old to be in its handshake', async () => {
    const charger = newCharger();
    const { attempts, close } = newGateway();
    const wait = async () => {
      throw new Error('waited');
    };
    const helpers = { close, wait };
    await acceptConnection(database, helpers, charger, 'older', connectedAt);
    const later = '2026-04-14T16:00:30.000Z';

    expect(await acceptConnection(database, helpers, charger, 'newer', later)).toBe('accepted');
    expect(attempts).toEqual(['older']);
  });

  it.each([
    [0, 1_300],
    [1_500, 1_300],
    [4_500, 400],
    [5_000, 100],
    [29_999, 100],
    [30_000, 0],
  ])(
    'a charger that comes back %i ms after it connected, and whose connection is gone, waits for no more than %i ms for that one to open',
    async (age, longest) => {
      const charger = newCharger();
      let waited = 0;
      const wait = async (ms: number) => {
        waited += ms;
      };
      const helpers = { close: newGateway().close, wait };
      await acceptConnection(database, helpers, charger, 'gone', connectedAt);
      const now = new Date(Date.parse(connectedAt) + age).toISOString();

      expect(await acceptConnection(database, helpers, charger, 'back', now)).toBe('accepted');
      expect(waited).toBe(longest);
    },
  );

  it('of any number of connections of a charger only the last stays open, in whatever order the gateway lets them in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 8 }), { minLength: 2, maxLength: 12 }),
        async (delays) => {
          const charger = newCharger();
          const { open, close } = newGateway();
          const ticks = async (count: number) => {
            for (let n = 0; n < count; n += 1) await setImmediate();
          };
          const letIn = async (id: string, delay: number) => {
            const outcome = await acceptConnection(
              database,
              // A pause is longer than the gateway takes to let a connection in.
              { close, wait: () => ticks(20) },
              charger,
              id,
              connectedAt,
            );
            await ticks(delay);
            if (outcome === 'accepted') open.add(id);
          };

          await Promise.all(delays.map((delay, n) => letIn(`c${n}`, delay)));

          expect(open.size).toBe(1);
          const [last = ''] = open;
          expect(await isCurrentConnection(database, charger.chargerKey, last)).toBe(true);
        },
      ),
      { numRuns: 12 },
    );
  });
});
