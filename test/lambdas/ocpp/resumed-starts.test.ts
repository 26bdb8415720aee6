import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, codesOf } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';
import { energy, event, evse, tag } from './v201-events.ts';

type Payload = Record<string, unknown>;

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }, { tokenId: 'TAG2' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { maxPowerKw: 22, connectors: 2 },
  });
});

afterAll(async () => {
  await site.close();
});

/** How a start says that its transaction had begun before. */
const goingOn = {
  number: { seqNo: 2 },
  reason: { seqNo: 2, triggerReason: 'TxResumed' },
  unnumbered: { seqNo: 0, triggerReason: 'TxResumed' },
  withoutToken: { seqNo: 2, triggerReason: 'TxResumed', idToken: undefined },
} as const;

type Way = keyof typeof goingOn;

/** Who charges, and how often and in which way the charger says the start again in between. */
type Charging = {
  readonly tokenId: 'TAG1' | 'TAG2';
  readonly resumed: readonly Way[];
  readonly offline: boolean;
  /** The number of the first message: some chargers count on from one transaction to the next. */
  readonly first?: number;
};

/** The messages of the charging number `index` under the id tx-1: half an hour each, 100 Wh a minute for twenty minutes. */
const messagesOf = (
  { tokenId, resumed, offline, first = 0 }: Charging,
  index: number,
): readonly Payload[] => {
  const from = index * 30;
  const wh = 1000 + index * 10_000;
  const start = event('Started', first, from, {
    triggerReason: 'Authorized',
    idToken: tag(tokenId),
    evse,
    offline,
    meterValue: [energy(from, wh, 'Transaction.Begin')],
  });
  const again = resumed.map((how, n) => {
    const minute = from + 5 + n;
    const meterValue = [energy(minute, wh + (5 + n) * 100)];
    const { seqNo, ...said } = { meterValue, ...goingOn[how] };
    return { ...start, timestamp: at(minute), seqNo: seqNo === 0 ? 0 : first + seqNo + n, ...said };
  });
  const numbered = again.filter(({ seqNo }) => seqNo > 0).length;
  return [
    start,
    event('Updated', first + 1, from + 3, { meterValue: [energy(from + 3, wh + 300)], offline }),
    ...again,
    event(
      'Ended',
      first + 2 + numbered,
      from + 20,
      {
        triggerReason: 'StopAuthorized',
        meterValue: [energy(from + 20, wh + 2000, 'Transaction.End')],
      },
      { stoppedReason: 'Local' },
    ),
  ];
};

async function say(events: readonly Payload[]): Promise<void> {
  const charger = await site.plugIn(Date.parse(at(200)), 'ocpp2.0.1');
  for (const one of events) await charger.call('TransactionEvent', one);
}

/** The bill of each session, and whether a second start was noticed, in the order of time. */
async function bills() {
  const sessions = (await site.sessions()).toSorted((a, b) =>
    String(a['startedAt']).localeCompare(String(b['startedAt'])),
  );
  return await Promise.all(
    sessions.map(async (session) => {
      const { state, startedAt, endedAt, energyKwh } = await site.cdrOf(session);
      const { tokenId, stopReason } = session;
      const isSecond = codesOf(session).includes('SECOND_START');
      return { tokenId, stopReason, state, startedAt, endedAt, energyKwh, isSecond };
    }),
  );
}

const billOf = ({ tokenId, resumed }: Charging, index: number) => ({
  tokenId,
  stopReason: 'Local',
  state: resumed.length > 0 ? 'held' : 'sealed',
  startedAt: at(index * 30),
  endedAt: at(index * 30 + 20),
  energyKwh: 2,
  isSecond: resumed.length > 0,
});

const tokens = fc.constantFrom('TAG1' as const, 'TAG2' as const);

const chargings = fc.array(
  fc.record({
    tokenId: tokens,
    resumed: fc.oneof(
      fc.subarray<Way>(['number', 'reason', 'withoutToken']),
      fc.constant<Way[]>(['unnumbered']),
    ),
    offline: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4 },
);

const numberedOn = fc.array(
  fc.record({
    tokenId: tokens,
    resumed: fc.subarray<Way>(['number', 'reason']),
    offline: fc.boolean(),
    first: fc.constantFrom(0, 1, 7),
  }),
  { minLength: 2, maxLength: 4 },
);

/** Chargings with their messages in any order, some of them twice. */
const inAnyOrder = (several: fc.Arbitrary<readonly Charging[]>) =>
  several.chain((all) => {
    const messages = all.flatMap(messagesOf);
    const once = fc.shuffledSubarray(messages, { minLength: messages.length });
    return fc
      .tuple(once, fc.subarray(messages))
      .map(([first, again]) => ({ all, order: [...first, ...again] }));
  });

async function charge(order: readonly Payload[]): Promise<void> {
  await site.register();
  await say(order);
  await site.settle();
}

describe('starts that go on with their transactions, of several that have one id', () => {
  it('each is of the one before it in time, in whatever order and however often all messages arrive', async () => {
    await fc.assert(
      fc.asyncProperty(inAnyOrder(chargings), async ({ all, order }) => {
        await charge(order);
        expect(await bills()).toEqual(all.map(billOf));
      }),
      { numRuns: 8 },
    );
  });

  it('nobody pays anything wrong at a charger that counts its messages on, though not all sessions can be told apart', async () => {
    await fc.assert(
      fc.asyncProperty(inAnyOrder(numberedOn), async ({ all, order }) => {
        await charge(order);
        const right = all.map((one, index) => ({ ...billOf(one, index), state: 'sealed' }));
        const sealed = (await bills()).filter(({ state }) => state === 'sealed');
        for (const bill of sealed)
          expect(right).toContainEqual({ ...bill, isSecond: expect.any(Boolean) });
      }),
      { numRuns: 4 },
    );
  });
});
