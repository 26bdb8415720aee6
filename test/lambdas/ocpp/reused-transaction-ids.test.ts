import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { carryOn, deliver } from '../corrections/late-plant.ts';
import { at, type Body, codesOf } from '../plant.ts';
import { expectValid, openSite, type TestSite } from '../test-site.ts';
import { energy, event, evse, tag } from './v201-events.ts';

type Payload = Record<string, unknown>;

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [
      { tokenId: 'TAG1', accountId: 'acc-1' },
      { tokenId: 'TAG2', accountId: 'acc-2' },
    ],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { maxPowerKw: 22, connectors: 2 },
  });
});

afterEach(() => {
  vi.unstubAllEnvs();
});

afterAll(async () => {
  await site.close();
});

/** One driver's charging under the id tx-1: from a minute and a register on, 100 Wh a minute. */
const charging = (tokenId: string, minute: number, wh: number, place: object = evse) => ({
  start: event('Started', 0, minute, {
    triggerReason: 'Authorized',
    idToken: tag(tokenId),
    evse: place,
    meterValue: [energy(minute, wh, 'Transaction.Begin')],
  }),
  update: (seqNo: number, after: number, overrides: Payload = {}) =>
    event('Updated', seqNo, minute + after, {
      meterValue: [energy(minute + after, wh + after * 100)],
      ...overrides,
    }),
  end: (seqNo: number, after: number, overrides: Payload = {}) =>
    event(
      'Ended',
      seqNo,
      minute + after,
      {
        triggerReason: 'StopAuthorized',
        meterValue: [energy(minute + after, wh + after * 100, 'Transaction.End')],
        ...overrides,
      },
      { stoppedReason: 'Local' },
    ),
});

const first = charging('TAG1', 0, 1000);
const second = charging('TAG2', 30, 3000);
const whole = [first.start, first.update(1, 10), first.end(2, 20)];
const next = [second.start, second.update(1, 10), second.update(2, 20), second.end(3, 25)];
/** The first driver's session ended with the power. */
const cut = [first.start, first.update(1, 10), first.update(2, 20)];

const minutesLater = (minute: number): number => Date.parse(at(minute));

async function say(
  events: readonly Payload[],
  now = minutesLater(70),
  protocol: Protocol = 'ocpp2.0.1',
): Promise<void> {
  const charger = await site.plugIn(now, protocol);
  for (const one of events) await charger.call('TransactionEvent', one);
}

/** The bill of each session, the first one first. */
async function bills(): Promise<readonly Body[]> {
  const sessions = (await site.sessions()).toReversed();
  return await Promise.all(
    sessions.map(async (session) => {
      const cdr = await site.cdrOf(session);
      if (cdr['state'] === 'sealed') await expectValid(site, cdr);
      const { tokenId, accountId, evseId, stopReason, transactionId } = session;
      const { state, startedAt, endedAt, energyKwh, total } = cdr;
      const facts = { tokenId, accountId, evseId, stopReason, transactionId };
      const bill = { state, startedAt, endedAt, energyKwh, total: totalOf(total) };
      return { ...facts, ...bill, said: codesOf(session) } as Body;
    }),
  );
}

const totalOf = (total: unknown): unknown => (total as Body | null)?.['inclVat'];

const ofFirst = {
  transactionId: 'tx-1',
  tokenId: 'TAG1',
  accountId: 'acc-1',
  state: 'sealed',
  startedAt: at(0),
  endedAt: at(20),
  energyKwh: 2,
  total: '1.00',
  said: ['TRANSACTION_ID_REUSED'],
};

const ofSecond = {
  transactionId: 'tx-1',
  tokenId: 'TAG2',
  accountId: 'acc-2',
  state: 'sealed',
  startedAt: at(30),
  endedAt: at(55),
  energyKwh: 2.5,
  total: '1.25',
  said: ['TRANSACTION_ID_REUSED'],
};

describe('a transaction id that a charger of OCPP 2 gives again', () => {
  it.each(['ocpp2.0.1', 'ocpp2.1'] as const)(
    'each driver of a charger of %s pays for what that driver charged, under the same transaction id',
    async (protocol) => {
      await site.register();
      await say([...whole, ...next], undefined, protocol);
      await site.settle();
      expect(await bills()).toMatchObject([ofFirst, ofSecond]);
    },
  );

  it('a start under the id of a session whose CDR is sealed begins a session of its own', async () => {
    await site.register();
    await say(whole, minutesLater(21));
    await site.settle();
    await say(next);
    await site.settle();
    expect(await bills()).toMatchObject([ofFirst, ofSecond]);
  });

  it('a session that ended with the power waits for its stop, and the next driver pays for nothing of it', async () => {
    await site.register();
    await say([...cut, ...next]);
    await site.settle();
    const superseded = ['SESSION_SUPERSEDED', 'TRANSACTION_ID_REUSED'];
    const unended = { tokenId: 'TAG1', state: 'held', stopReason: 'Superseded', energyKwh: 2 };
    expect(await bills()).toMatchObject([{ ...unended, said: superseded }, ofSecond]);
    await say([first.end(3, 20)]);
    await site.settle();
    expect(await bills()).toMatchObject([ofFirst, ofSecond]);
  });
});

describe('sessions of one transaction id that are not certain', () => {
  it('a start that comes before the stop of the session before it takes nothing from that one', async () => {
    await site.register();
    await say([first.start, first.update(1, 10), ...next.slice(0, 2)]);
    await site.settle();
    await say([first.end(2, 20), ...next.slice(2)]);
    await site.settle();
    expect(await bills()).toMatchObject([ofFirst, ofSecond]);
  });

  it('a meter that counts from 0 again with the ids is the meter of each session', async () => {
    const afterReset = charging('TAG2', 30, 0);
    await site.register();
    await say([...whole, afterReset.start, afterReset.update(1, 10), afterReset.end(2, 25)]);
    await site.settle();
    const said = ['REG_CONTINUITY_GAP', 'TRANSACTION_ID_REUSED'];
    expect(await bills()).toMatchObject([ofFirst, { ...ofSecond, said }]);
  });

  it('two sessions that may have run at once on two EVSEs are held, and say why', async () => {
    const other = charging('TAG2', 10, 50_000, { id: 2, connectorId: 1 });
    await site.register();
    await say([first.start, other.start, first.update(1, 15), other.update(1, 10)]);
    await say([other.end(2, 30), first.end(2, 45)]);
    await site.settle();
    const mixed = { state: 'held', said: expect.arrayContaining(['TRANSACTIONS_MIXED']) };
    expect(await bills()).toMatchObject([
      { tokenId: 'TAG1', ...mixed },
      { tokenId: 'TAG2', ...mixed },
    ]);
  });

  it('no session is billed where the clock was not set when the charger began to count again', async () => {
    const unset = { ...second.start, timestamp: '1970-01-01T00:00:09Z' };
    await site.register();
    await say([first.start, unset, second.update(1, 10), second.end(2, 25)]);
    await site.settle();
    const mixed = { state: 'held', said: expect.arrayContaining(['TRANSACTIONS_MIXED']) };
    expect(await bills()).toMatchObject([mixed, mixed]);
  });

  it('a token is that of the session in which it was presented, in whatever order the two begin', async () => {
    const noToken = { ...second.start, idToken: undefined };
    const presented = second.update(1, 1, { idToken: tag('TAG2'), triggerReason: 'Authorized' });
    const messages = [noToken, presented, second.end(2, 25)];
    for (const order of [
      [...whole, ...messages],
      [...messages, ...whole],
      [...messages.toReversed(), ...whole.toReversed()],
    ]) {
      await site.register();
      await say(order);
      await site.settle();
      expect(await bills()).toMatchObject([ofFirst, ofSecond]);
    }
  });

  it('a third start between two others takes what is its own from the one before it', async () => {
    const third = charging('TAG1', 60, 5500);
    await site.register();
    await say([...whole, third.start, third.end(1, 5), ...next]);
    await site.settle();
    const ofThird = { tokenId: 'TAG1', state: 'sealed', startedAt: at(60), energyKwh: 0.5 };
    expect(await bills()).toMatchObject([ofFirst, ofSecond, ofThird]);
  });
});

describe('a transaction id that a charger gives every time', () => {
  const big = (seqNo: number, after: number) =>
    second.update(seqNo, after, { customData: { vendorId: 'v', text: 'x'.repeat(30_000) } });

  it('a session of which more comes than is stored is held, though the session before it under its id has ended', async () => {
    vi.stubEnv('SESSION_MEGABYTES', '0.1');
    await site.register();
    await say([...whole, second.start, ...[1, 2, 3, 4, 5].map((n) => big(n, n))]);
    await say([second.end(6, 25)]);
    await site.settle();
    const tooLarge = { state: 'held', said: expect.arrayContaining(['EVIDENCE_TOO_LARGE']) };
    expect(await bills()).toMatchObject([ofFirst, { ...tooLarge, tokenId: 'TAG2' }]);
  });

  it('each session has room for its messages, however many came under its id before it', async () => {
    vi.stubEnv('SESSION_MEGABYTES', '0.1');
    await site.register();
    const big = { customData: { vendorId: 'v', text: 'x'.repeat(30_000) } };
    const full = [first.update(1, 10, big), first.update(2, 15, big), first.update(3, 16, big)];
    await say([first.start, ...full, first.end(4, 20), ...next]);
    await site.settle();
    expect(await bills()).toMatchObject([ofFirst, ofSecond]);
  });
});

describe('a start that is said again', () => {
  const again = { ...first.start, seqNo: 3, timestamp: at(15), offline: true };

  it.each([
    ['in the same words', [first.start], ['sealed', []]],
    ['as one that was kept offline', [{ ...first.start, offline: true }], ['sealed', []]],
    [
      'as one that goes on after a restart',
      [{ ...again, seqNo: 0, triggerReason: 'TxResumed' }],
      ['held', ['SECOND_START']],
    ],
    ['with a number of its own', [again], ['held', ['SECOND_START']]],
  ] as const)('%s is of the same session', async (_how, repeated, [state, said]) => {
    await site.register();
    await say([...whole.slice(0, 2), ...repeated, first.end(2, 20)]);
    await site.settle();
    expect(await bills()).toMatchObject([{ tokenId: 'TAG1', state, energyKwh: 2 }]);
    expect((await bills())[0]?.['said']).toEqual(expect.arrayContaining([...said]));
  });

  it('a start that goes on is of the same session, in whatever order it and the messages before it arrive', async () => {
    const resumed = { ...again, seqNo: 2, triggerReason: 'TxResumed' };
    const messages = [first.start, first.update(1, 10), resumed, first.end(3, 20)];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(messages, { minLength: messages.length }),
        async (shuffled) => {
          await site.register();
          await say(shuffled);
          await site.settle();
          const held = { tokenId: 'TAG1', state: 'held', startedAt: at(0), energyKwh: 2 };
          expect(await bills()).toMatchObject([held]);
          expect((await bills())[0]?.['said']).toContain('SECOND_START');
        },
      ),
      { numRuns: 5 },
    );
  });

  it('numbers that begin again after a restart are of the same session', async () => {
    await site.register();
    await say([first.start, first.update(1, 5), first.update(0, 10), first.end(1, 20)]);
    await site.settle();
    expect(await bills()).toMatchObject([{ tokenId: 'TAG1', state: 'sealed', energyKwh: 2 }]);
  });

  it('a start with another token at the same time does not decide who pays', async () => {
    await site.register();
    await say([first.start, { ...first.start, idToken: tag('TAG2') }, first.update(1, 10)]);
    await say([first.end(2, 20)]);
    await site.settle();
    const said = ['SEQ_REPEATED', 'SECOND_START'];
    expect(await bills()).toMatchObject([{ state: 'held', said }]);
  });
});

describe('a transaction of OCPP 1.6', () => {
  it('an id is ours, and none is given to two starts', async () => {
    const start = { connectorId: 1, idTag: 'TAG1', timestamp: at(0), meterStart: 1000 };
    await site.register();
    const charger = await site.plugIn(minutesLater(70));
    const ids = [];
    for (const one of [
      start,
      { ...start, idTag: 'TAG2' },
      { ...start, timestamp: at(30) },
      start,
    ]) {
      ids.push((await charger.call('StartTransaction', one))['transactionId']);
    }
    expect(new Set(ids).size).toBe(3);
    expect(ids[3]).toBe(ids[0]);
  });
});

describe('a session that was sealed by the stop of another one under its id', () => {
  const mistaken = [first.start, first.update(1, 10), second.update(2, 20), second.end(3, 25)];

  it('a bill by the stop of another one is corrected when the start of that one and its own stop arrive', async () => {
    await site.register();
    await say(mistaken);
    await settleEach();
    expect(await bills()).toMatchObject([{ tokenId: 'TAG1', state: 'sealed', endedAt: at(55) }]);
    await say([second.start, second.update(1, 10), first.end(2, 20)]);
    await settleEach();
    const corrected = { ...ofFirst, said: ['TRANSACTION_ID_REUSED', 'CDR_CORRECTED'] };
    expect(await bills()).toMatchObject([corrected, ofSecond]);
  });

  it('a session whose own stop never arrives is billed by its own readings', async () => {
    await site.register();
    await say(mistaken);
    await settleEach();
    await say([second.start, second.update(1, 10)]);
    await settleEach();
    const own = { tokenId: 'TAG1', state: 'sealed', energyKwh: 1, total: '0.50', endedAt: at(10) };
    expect(await bills()).toMatchObject([own, ofSecond]);
  });
});

describe('the sessions of one transaction id', () => {
  it('sessions of one transaction id are the same in whatever order and however often their messages arrive', async () => {
    const messages = [...whole, ...next, ...whole, ...next];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(messages, { minLength: messages.length }),
        async (shuffled) => {
          await site.register();
          await say(shuffled);
          await site.settle();
          expect(await bills()).toMatchObject([ofFirst, ofSecond]);
        },
      ),
      { numRuns: 3 },
    );
  });

  it('sessions of one transaction id are billed the same in the end, however late each of their messages arrives', async () => {
    const messages = [...whole, ...next];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(messages, { minLength: messages.length }),
        fc.nat(messages.length),
        async (shuffled, early) => {
          await site.register();
          await say(shuffled.slice(0, early));
          await settleEach();
          await say(shuffled.slice(early), minutesLater(24 * 60));
          await settleEach();
          const shown = await bills();
          expect(shown).toMatchObject([ofFirst, ofSecond].map(({ said: _, ...bill }) => bill));
        },
      ),
      { numRuns: 3 },
    );
  });
});

/** Everything that follows for each of the sessions, until nothing is asked for any more. */
async function settleEach(): Promise<void> {
  await site.settle();
  for (let round = 0; round < 10; round += 1) {
    const ids = (await site.sessions()).map(({ sessionId }) => String(sessionId));
    const asked = [];
    for (const sessionId of ids) {
      asked.push(...(await carryOn(site.database, { chargerKey: site.chargerKey, sessionId })));
    }
    if (asked.length === 0) return;
    for (const message of asked) await deliver(site.database, message);
  }
  throw new Error('somebody asks for corrections without end');
}
