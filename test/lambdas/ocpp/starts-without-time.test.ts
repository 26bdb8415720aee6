import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { carryOn, deliver } from '../corrections/late-plant.ts';
import { at, type Body, codesOf, meterValues } from '../plant.ts';
import { expectValid, openSite, start, stop, type TestSite } from '../test-site.ts';
import { tag } from './v201-events.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }, { tokenId: 'TAG2' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: 0.5 },
    charger: { maxPowerKw: 22 },
  });
});

afterAll(async () => {
  await site.close();
});

beforeEach(async () => {
  await site.register();
});

const impossibleTimes = [
  '1970-01-01T00:00:00Z',
  '2000-01-01T00:00:00.000Z',
  '2016-01-01T00:00:00',
  'unknown',
  undefined,
];

/** A session of an hour at a charger whose clock always says the same when it begins. */
type Charged = {
  readonly kwh: number;
  /** How often the start is sent once more: while nothing else came, and after the reading. */
  readonly again: number;
  readonly againLater: number;
  /** How often the stop is sent once more. */
  readonly stops: number;
  /** Whether its CDR is made before the next session begins. */
  readonly isBilled: boolean;
  /** Whether somebody else charges in between. */
  readonly isFollowed: boolean;
};

const charged: fc.Arbitrary<Charged> = fc.record({
  kwh: fc.integer({ min: 1, max: 12 }),
  again: fc.nat({ max: 2 }),
  againLater: fc.nat({ max: 2 }),
  stops: fc.nat({ max: 1 }),
  isBilled: fc.boolean(),
  isFollowed: fc.boolean(),
});

/** The bills of all sessions, the first one first. */
async function bills(isChecked = true): Promise<readonly Body[]> {
  await site.settle();
  const sessions = (await site.sessions()).toReversed();
  return await Promise.all(
    sessions.map(async (session) => {
      const cdr = await site.cdrOf(session);
      if (isChecked && cdr['state'] === 'sealed') await expectValid(site, cdr);
      const { state, energyKwh } = cdr;
      return { tokenId: session['tokenId'], state, energyKwh };
    }),
  );
}

/** Everything that follows for each of the sessions, until nothing is asked for any more. */
async function settleEach(): Promise<void> {
  await site.settle();
  for (let round = 0; round < 10; round += 1) {
    const asked = [];
    for (const { sessionId } of await site.sessions()) {
      const session = { chargerKey: site.chargerKey, sessionId: String(sessionId) };
      asked.push(...(await carryOn(site.database, session)));
    }
    if (asked.length === 0) return;
    for (const message of asked) await deliver(site.database, message);
  }
}

const times = async (count: number, act: () => Promise<unknown>): Promise<void> => {
  for (let n = 0; n < count; n += 1) await act();
};

/** The content of every start of a charger of OCPP 1.6. */
type Said = { readonly timestamp: string | undefined; readonly meterStart: number };

/** A session of an hour from a minute on; gives its transaction's id. */
async function charge16(
  { timestamp, meterStart }: Said,
  minute: number,
  one: Charged,
  idTag: string,
): Promise<unknown> {
  const from = Math.max(meterStart, 0);
  const begin = async (now: number) => {
    const begun = start({ timestamp, meterStart, idTag });
    return (await (await site.heardAt(now)).call('StartTransaction', begun))['transactionId'];
  };
  const id = await begin(minute);
  const read = async (now: number, wh: number) => {
    const charger = await site.heardAt(now);
    await charger.call('MeterValues', meterValues(at(now), wh, Number(id)));
  };
  await times(one.again, async () => expect(await begin(minute)).toBe(id));
  await read(minute, from);
  await read(minute + 30, from + one.kwh * 500);
  await times(one.againLater, async () => expect(await begin(minute + 30)).toBe(id));
  const end = stop(id, { timestamp, meterStop: from + one.kwh * 1000 });
  await times(one.stops + 1, async () =>
    (await site.heardAt(minute + 60)).call('StopTransaction', end),
  );
  if (one.isBilled) await site.settle();
  return id;
}

/** The sessions in the order in which they are charged, with those of somebody else in between. */
const inTurn = (sessions: readonly Charged[]) =>
  sessions.flatMap((one) => [
    { one, idTag: 'TAG1' },
    ...(one.isFollowed ? [{ one: { ...one, kwh: 1 }, idTag: 'TAG2' }] : []),
  ]);

describe('starts of OCPP 1.6 whose time cannot be one', () => {
  it('sessions that begin with the same content after each other are each billed, however often their starts are repeated', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...impossibleTimes),
        // From 1 kWh on it would be the register of one meter, and what two sessions share is held.
        fc.constantFrom(0, -1, 999),
        fc.array(charged, { minLength: 1, maxLength: 3 }),
        async (timestamp, meterStart, sessions) => {
          await site.register();
          const ids: unknown[] = [];
          for (const [n, { one, idTag }] of inTurn(sessions).entries()) {
            ids.push(await charge16({ timestamp, meterStart }, n * 75, one, idTag));
          }
          expect(new Set(ids).size).toBe(ids.length);
          // A frozen clock of a year that could be is not billed without a look at it.
          const isFrozen = timestamp?.startsWith('2016') === true;
          const all = await bills();
          expect(all).toHaveLength(ids.length);
          expect(all.every(({ state }) => state === (isFrozen ? 'held' : 'sealed'))).toBe(true);
          const billed = inTurn(sessions).map(({ one, idTag }) => ({
            tokenId: idTag,
            state: 'sealed',
            energyKwh: one.kwh,
          }));
          expect(isFrozen ? billed : all).toEqual(billed);
        },
      ),
      { numRuns: 6 },
    );
  });

  it('a charger whose starts are all the same has its fortieth session, too', async () => {
    const ids = new Set<unknown>();
    const begun = start({ timestamp: '1970-01-01T00:00:00Z', meterStart: 0 });
    for (let n = 0; n < 40; n += 1) {
      const charger = await site.heardAt(n * 30);
      const { transactionId } = await charger.call('StartTransaction', begun);
      const end = stop(transactionId, { timestamp: '1970-01-01T00:00:00Z', meterStop: 1000 });
      await (await site.heardAt(n * 30 + 20)).call('StopTransaction', end);
      ids.add(transactionId);
    }
    expect(ids.size).toBe(40);
  });

  it('a start with a time that can be one is the same one, also after the end of its session', async () => {
    const charger = await site.heardAt(0);
    const { transactionId } = await charger.call('StartTransaction', start());
    await (await site.heardAt(60)).call('StopTransaction', stop(transactionId));
    const again = await (await site.heardAt(90)).call('StartTransaction', start());
    expect(again['transactionId']).toBe(transactionId);
    expect(await site.sessions()).toHaveLength(1);
  });
});

describe('starts of OCPP 2 whose time cannot be one, under one transaction id', () => {
  const from1970 = (minute: number) => new Date(minute * 60_000).toISOString();

  /** A session of an hour from a minute on, whose clock begins in 1970 five minutes before it, or stands still. */
  const charge2 = async (one: Charged, begun: number, isFrozen: boolean): Promise<void> => {
    const say = async (after: number, eventType: string, seqNo: number, wh: number) => {
      const charger = await site.plugIn(Date.parse(at(begun + after)), 'ocpp2.0.1');
      const timestamp = from1970(isFrozen ? 0 : 5 + after);
      const begins = { triggerReason: 'Authorized', idToken: tag() };
      await charger.call('TransactionEvent', {
        eventType,
        seqNo,
        timestamp,
        transactionInfo: { transactionId: '1' },
        evse: { id: 1, connectorId: 1 },
        meterValue: [{ timestamp, sampledValue: [{ value: wh }] }],
        ...(seqNo === 0 ? begins : { triggerReason: 'MeterValuePeriodic' }),
      });
    };
    await times(one.again + 1, async () => await say(0, 'Started', 0, 0));
    await say(30, 'Updated', 1, one.kwh * 500);
    await times(one.againLater + 1, async () => await say(31, 'Updated', 2, one.kwh * 520));
    await times(one.stops + 1, async () => await say(60, 'Ended', 3, one.kwh * 1000));
    if (one.isBilled) await site.settle();
  };

  it('each of them is a session that is billed rightly or held, however often its messages are repeated', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(charged, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        async (sessions, isFrozen) => {
          await site.register();
          for (const [n, one] of sessions.entries()) await charge2(one, n * 75, isFrozen);
          await settleEach();
          const all = await bills(sessions.length === 1);
          // An end may be taken for one of another session until all of them are held.
          expect(all.length).toBeLessThanOrEqual(sessions.length);
          expect(all.length).toBeGreaterThanOrEqual(Math.min(sessions.length, 2));
          const [first] = sessions;
          const sealed = all.filter(({ state }) => state === 'sealed');
          expect(sealed.every(({ energyKwh }) => energyKwh === first?.kwh)).toBe(true);
          // The first one alone may have been billed before anybody could know of the others.
          const wasAlone = sessions.length === 1 || first?.isBilled === true;
          expect(sealed.length).toBeLessThanOrEqual(wasAlone ? 1 : 0);
          expect(sessions.length > 1 || sealed.length === 1).toBe(true);
        },
      ),
      { numRuns: 4 },
    );
  });

  it('a start that is repeated after an end which came before it is the same one', async () => {
    const event = (eventType: string, minute: number) => ({
      eventType,
      seqNo: eventType === 'Started' ? 0 : 1,
      timestamp: from1970(minute),
      triggerReason: 'Authorized',
      transactionInfo: { transactionId: '1' },
      evse: { id: 1, connectorId: 1 },
      idToken: tag(),
    });
    const messages = [event('Ended', 20), event('Started', 0), event('Started', 0)];
    for (const [minute, message] of messages.entries()) {
      const charger = await site.plugIn(Date.parse(at(minute)), 'ocpp2.0.1');
      await charger.call('TransactionEvent', message);
    }
    await site.settle();
    const sessions = await site.sessions();
    expect(sessions).toHaveLength(1);
    expect(codesOf(sessions[0])).not.toContain('TRANSACTIONS_MIXED');
  });
});
