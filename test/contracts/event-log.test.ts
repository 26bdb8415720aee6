import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { positionOf } from '../../core/event/event-id.ts';
import { appendEvents } from '../../lambdas/store/events/append-events.ts';
import { newReaderItem, noteReading, readAudience } from '../../lambdas/store/events/audience.ts';
import type { NewEvent } from '../../lambdas/store/events/logged-event.ts';
import { readLog } from '../../lambdas/store/events/read-log.ts';
import type { Database } from '../../lambdas/store/table/client.ts';
import { eventChunkKey } from '../../lambdas/store/table/keys/event-keys.ts';
import { keyAttributes } from '../../lambdas/store/table/keys/key.ts';
import { onEachEngine } from './on-each-engine.ts';
import { putItem } from './put-item.ts';

const day = 86_400_000;
let operators = 0;

const newEvent = (source: string, type: NewEvent['type'] = 'charger.status'): NewEvent => ({
  type,
  at: '2026-04-14T18:00:00.000Z',
  data: { chargerId: 'CP-1' },
  source,
});
const some = (from: number, count: number): readonly NewEvent[] =>
  Array.from({ length: count }, (_, index) => newEvent(`s${from + index}`));

const read = async (
  database: Database,
  operatorId: string,
  after?: string,
  more: { readonly limit?: number; readonly type?: string; readonly now?: number } = {},
) => {
  const span = await readLog(database, operatorId, {
    after: after === undefined ? undefined : positionOf(after),
    limit: more.limit ?? 100,
    isWanted: ({ type }) => more.type === undefined || type === more.type,
    now: more.now ?? Date.now(),
  });
  return span.kind === 'gone' ? undefined : span;
};

const idsOf = async (database: Database, operatorId: string): Promise<readonly string[]> => {
  const ids: string[] = [];
  let after: string | undefined;
  for (;;) {
    const span = await read(database, operatorId, after, { limit: 7 });
    ids.push(...(span?.events ?? []).map(({ id }) => id));
    if (span?.more !== true) return ids;
    after = span.readTo;
  }
};

let functions = 0;
/** As another function logs: it knows nothing of what this one has logged. */
const anotherFunction = async (): Promise<typeof appendEvents> => {
  functions += 1;
  // By another address a module is another one.
  const path = `../../lambdas/store/events/append-events.ts?function=${functions}`;
  const module: { appendEvents: typeof appendEvents } = await import(path);
  expect(module.appendEvents).not.toBe(appendEvents);
  return module.appendEvents;
};

/** Notes the requests to a database from now on; gives them, and ends that. */
const noteRequests = ({ client }: Database): (() => readonly string[]) => {
  const names: string[] = [];
  const name = 'note-requests';
  client.middlewareStack.add(
    (next, context) => (args) => {
      names.push(String(context.commandName));
      return next(args);
    },
    { step: 'initialize', name },
  );
  return () => {
    client.middlewareStack.remove(name);
    return names;
  };
};

onEachEngine('the event log', (database) => {
  const operator = () => {
    operators += 1;
    return `op_${operators}`;
  };

  it('events are read in the order in which they were logged, page by page, each once', async () => {
    const operatorId = operator();
    const logged = [];
    for (let n = 0; n < 12; n += 1) {
      logged.push(
        ...(await appendEvents(database(), operatorId, some(n * 5, 5), { since: Date.now() })),
      );
    }
    const ids = logged.map(({ id }) => id);

    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(60);
    expect(await idsOf(database(), operatorId)).toEqual(ids);
    expect((await read(database(), operatorId, ids[17]))?.events[0]?.id).toBe(ids[18]);
    expect(await read(database(), operatorId, ids.at(-1))).toEqual({
      kind: 'events',
      events: [],
      readTo: ids.at(-1),
      more: false,
    });
  });

  it('events that are logged again, in whatever batches, keep their ids and are not logged twice', async () => {
    const operatorId = operator();
    const since = Date.now();
    const first = await appendEvents(database(), operatorId, some(0, 6), { since });
    const again = await appendEvents(database(), operatorId, some(3, 6), { since });

    expect(again.slice(0, 3)).toEqual(first.slice(3));
    expect(await idsOf(database(), operatorId)).toHaveLength(9);
    expect(await appendEvents(database(), operatorId, some(0, 9), { since })).toHaveLength(9);
    expect(await idsOf(database(), operatorId)).toHaveLength(9);
  });

  it('writers at the same time neither lose nor repeat an event, and leave no gap for a reader to miss', async () => {
    const operatorId = operator();
    const since = Date.now();
    const writers = Array.from({ length: 8 }, (_, n) =>
      appendEvents(database(), operatorId, some((n % 4) * 10, 10), { since }),
    );
    const seen: string[] = [];
    let after: string | undefined;
    const done = Promise.all(writers);
    let isDone = false;
    const end = done.then(() => {
      isDone = true;
    });
    while (!isDone || (await read(database(), operatorId, after))?.events.length !== 0) {
      const span = await read(database(), operatorId, after, { limit: 3 });
      seen.push(...(span?.events ?? []).map(({ id }) => id));
      after = span?.readTo;
    }
    await end;

    expect(seen).toEqual(seen.toSorted());
    expect(seen).toEqual(await idsOf(database(), operatorId));
    expect(seen).toHaveLength(40);
  });

  it('a run costs one read and two writes, also where other functions have logged since, and finds what they logged', async () => {
    const operatorId = operator();
    const since = Date.now();
    const theirs = await anotherFunction();
    for (let n = 0; n < 20; n += 1) {
      const append = n % 3 === 0 ? appendEvents : theirs;
      const requests = noteRequests(database());
      await append(database(), operatorId, some(n * 2, 2), { since });
      expect(requests()).toEqual(['GetItemCommand', 'PutItemCommand', 'UpdateItemCommand']);
    }
    const third = await anotherFunction();
    const again = await third(database(), operatorId, some(0, 40), { since });

    expect(again.map(({ id }) => id)).toEqual(await idsOf(database(), operatorId));
    expect(again).toHaveLength(40);
  });

  it('a run reads nothing of what this function has logged itself, however often it logs: also with hundreds of chunks in half a minute', async () => {
    const operatorId = operator();
    const at = Date.now();
    const append = async (n: number) =>
      await appendEvents(database(), operatorId, some(n, 1), {
        since: at + n * 50,
        now: () => at + n * 50,
      });
    for (let n = 0; n < 400; n += 1) await append(n);
    const requests = noteRequests(database());
    await append(400);
    expect(requests()).toEqual(['GetItemCommand', 'PutItemCommand', 'UpdateItemCommand']);
  });

  it('only wanted types are read, and a reader who wants what is rare still gets on', async () => {
    const operatorId = operator();
    for (let n = 0; n < 30; n += 1) {
      await appendEvents(database(), operatorId, [newEvent(`a${n}`)], { since: Date.now() });
    }
    await appendEvents(database(), operatorId, [newEvent('b', 'cdr.created')], {
      since: Date.now(),
    });
    const span = await read(database(), operatorId, undefined, { type: 'cdr.created' });

    expect(span?.events.map(({ type }) => type)).toEqual(['cdr.created']);
  });

  it('events are kept for seven days: then those after a place are gone, and the end of the log is not', async () => {
    const operatorId = operator();
    const now = Date.now();
    const log = async (source: string, at: number) =>
      (
        await appendEvents(database(), operatorId, [newEvent(source)], { since: at, now: () => at })
      )[0]?.id ?? '';
    const first = await log('1', now - 9 * day);
    const second = await log('2', now - 8 * day);
    expect(await read(database(), operatorId, second)).toMatchObject({ events: [] });
    const third = await log('3', now - 6 * day);
    await log('4', now);

    expect((await read(database(), operatorId))?.events.map(({ id }) => id)[0]).toBe(third);
    expect(await read(database(), operatorId, first)).toBeUndefined();
    expect((await read(database(), operatorId, second))?.events).toHaveLength(2);
    // As the time to live does it.
    for (const chunk of [1, 2]) {
      const Key = keyAttributes(eventChunkKey(operatorId, chunk));
      await database().client.send(new DeleteItemCommand({ TableName: database().state, Key }));
    }
    expect((await read(database(), operatorId))?.events.map(({ id }) => id)[0]).toBe(third);
    expect(await read(database(), operatorId, first)).toBeUndefined();
    expect((await read(database(), operatorId, second))?.events).toHaveLength(2);
    expect(await read(database(), operatorId, 'evt_000000009999000')).toBeUndefined();
  });

  it('the log of an operator is written for a week after its last reading, and again from the next one on', async () => {
    const operatorId = operator();
    const now = Date.parse('2026-04-14T18:00:00.000Z');
    const iso = (at: number) => new Date(at).toISOString();
    await putItem(database(), newReaderItem(operatorId, iso(now)));
    const isAny = async (at: number) => (await readAudience(database(), operatorId, at)).isAny;

    expect(await isAny(now + 7 * day)).toBe(true);
    expect(await isAny(now + 8 * day)).toBe(false);
    expect(await noteReading(database(), operatorId, iso(now + 6 * day))).toEqual({
      readAt: iso(now + 6 * day),
      loggedSince: iso(now),
    });
    expect(await isAny(now + 13 * day)).toBe(true);
    expect(await noteReading(database(), operatorId, iso(now + 20 * day))).toEqual({
      readAt: iso(now + 20 * day),
      // Functions that know of nobody look again within five seconds; clocks differ.
      loggedSince: iso(now + 20 * day + 10_000),
    });
    expect(await isAny(now + 21 * day)).toBe(true);
    expect(await readAudience(database(), operator(), now)).toEqual({
      isAny: false,
      webhooks: [],
      subscribers: [],
      hasPartners: false,
    });
  });
});
