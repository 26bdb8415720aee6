import fc from 'fast-check';
import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import { deriveEvents } from '../../../core/event/derive-events.ts';
import type { EventDraft } from '../../../core/event/event.ts';
import type { StateImage } from '../../../core/event/state-image.ts';
import { handleMessage } from '../../../lambdas/commands/handle-message.ts';
import { leaveAnother, triesToLeaveAnother } from '../../../lambdas/commands/leave-another.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import {
  endConnection,
  markOffline,
  readConnection,
  takeOver,
} from '../../../lambdas/store/chargers/connections.ts';
import { stateImageFrom } from '../../../lambdas/store/events/state-image-from.ts';
import { getItem } from '../../../lambdas/store/table/get-item.ts';
import { connectionKey } from '../../../lambdas/store/table/keys/charger-keys.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator, type TestOperator } from '../plant.ts';

const minute = 60_000;
const begun = Date.parse('2026-03-01T08:00:00Z');
const timeAt = (minutes: number): string => new Date(begun + minutes * minute).toISOString();

let database: TestDatabase;
let operator: TestOperator;
let count = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
});
afterAll(async () => {
  await database.stop();
});

type OfflineMessage = Extract<CommandMessage, { kind: 'offline' }>;
type Queued = { readonly message: CommandMessage; readonly due: number };

/** How the runs of a function end, one after the other: it does its work, dies once it has, or before. */
type Run = 'done' | 'died after' | 'died before';

/** A charger with its events, a queue that delivers again what was not done, and a clock in minutes. */
async function newCharger(minutes: number, runs: readonly Run[]) {
  count += 1;
  const chargerId = `OFF-${count}`;
  await operator.call('POST', '/chargers', { chargerId });
  const key = chargerKey(operator.operatorId, chargerId);
  const events: EventDraft[] = [];
  const queue: Queued[] = [];
  let [now, nth, connections] = [0, 0, 0];
  let image: StateImage | undefined;
  /** As the stream has it: each change derives its events, and the end of a connection asks for a look. */
  const follow = async () => {
    const item = await getItem(database, connectionKey(key), true);
    const next = item && stateImageFrom(item);
    const found = deriveEvents(image, next, timeAt(now));
    image = next;
    events.push(...found);
    if (next?.kind !== 'connection' || next.disconnectedAt === undefined) return;
    if (!found.some(({ type }) => type === 'charger.disconnected')) return;
    const { connectionId, disconnectedAt } = next;
    const message = { kind: 'offline', chargerKey: key, connectionId, disconnectedAt, minutes };
    queue.push({ message: message as OfflineMessage, due: now + Math.min(15, minutes) });
  };
  const sender = {
    database,
    now: () => begun + now * minute,
    send: async (message: CommandMessage, seconds = 0) => {
      queue.push({ message, due: now + seconds / 60 });
    },
    post: async () => 'posted' as const,
  };
  const run = async (queued: Queued) => {
    const outcome = runs[nth] ?? 'done';
    nth += 1;
    if (outcome !== 'died before') await handleMessage(sender, queued.message);
    if (outcome !== 'done') queue.push({ ...queued, due: now + 2 });
    await follow();
  };
  /** Lets time pass up to a minute, with everything that is due by then. */
  const passTo = async (until: number) => {
    for (;;) {
      queue.sort((a, b) => a.due - b.due);
      const [first] = queue;
      if (first === undefined || first.due > until) break;
      queue.shift();
      now = Math.max(now, first.due);
      await run(first);
    }
    now = until;
  };
  return {
    chargerId,
    key,
    events,
    queue,
    passTo,
    connect: async () => {
      connections += 1;
      const connectionId = `${chargerId}-${connections}`;
      await takeOver(database, key, {
        connectionId,
        protocol: 'ocpp1.6',
        connectedAt: timeAt(now),
      });
      await follow();
    },
    hangUp: async () => {
      await endConnection(database, key, `${chargerId}-${connections}`, timeAt(now));
      await follow();
    },
    remove: async () => {
      expect((await operator.call('DELETE', `/chargers/${chargerId}`)).status).toBe(204);
      await follow();
    },
  };
}

const shownOf = (events: readonly EventDraft[]) =>
  events.flatMap(({ type, data }) =>
    type === 'charger.offline' || type === 'charger.online' ? [{ type, ...data }] : [],
  );

describe('a charger that has no connection', () => {
  it('each outage of a charger that lasts as long as its operator waits is one event and its end another, in order, however functions die or repeat', async () => {
    const runs = fc.array(fc.constantFrom<Run>('done', 'died after', 'died before'), {
      maxLength: 6,
    });
    const gaps = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(gaps, fc.constantFrom(1, 10, 20, 40), runs, async (away, minutes, all) => {
        const charger = await newCharger(minutes, all);
        const expected: object[] = [];
        let at = 0;
        for (const gap of away) {
          await charger.connect();
          at += 90;
          await charger.passTo(at);
          await charger.hangUp();
          // A run that died is repeated two minutes later: an outage that ends by then may go unnoticed.
          const isShort = gap < minutes;
          const lasting = isShort ? gap : gap + 2 * all.length;
          const since = timeAt(at);
          at += lasting;
          await charger.passTo(at);
          if (isShort) continue;
          const connectedAt = timeAt(at);
          expected.push(
            { type: 'charger.offline', since },
            { type: 'charger.online', since, connectedAt, durationSeconds: lasting * 60 },
          );
        }
        await charger.connect();
        await charger.passTo(at + 200);

        expect(shownOf(charger.events)).toEqual(expected);
        expect(charger.queue).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it('a charger that was deleted is not offline', async () => {
    const charger = await newCharger(10, []);
    await charger.connect();
    await charger.hangUp();
    await charger.remove();
    await charger.passTo(60);

    expect(shownOf(charger.events)).toEqual([]);
  });

  it('a charger that came back while it was looked at is not offline', async () => {
    const charger = await newCharger(10, []);
    await charger.connect();
    await charger.hangUp();
    const [asked] = charger.queue;
    if (asked === undefined) throw new Error('nobody looks');
    await charger.connect();
    await charger.passTo(60);

    expect(shownOf(charger.events)).toEqual([]);
    const late = { since: timeAt(0), offlineAt: timeAt(10) };
    const { connectionId } = asked.message as OfflineMessage;
    expect(await markOffline(database, charger.key, connectionId, late)).toBe('unchanged');
    expect(await readConnection(database, charger.key)).not.toHaveProperty('offlineSince');
  });

  it('a look that was tried so often that it is given up leaves another behind', async () => {
    const sent: CommandMessage[] = [];
    const message: CommandMessage = {
      kind: 'offline',
      chargerKey: 'op#cp',
      connectionId: 'c',
      disconnectedAt: timeAt(0),
      minutes: 10,
    };
    const sender = {
      send: async (one: CommandMessage) => {
        sent.push(one);
      },
      now: () => begun,
    };
    await leaveAnother(sender, message, triesToLeaveAnother);

    expect(sent).toEqual([message]);
  });
});
