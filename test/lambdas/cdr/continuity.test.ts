import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import { decodeMessage } from '../../../core/ocpp/decode-message.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import {
  cdrHelpers,
  meterValues,
  newOperator,
  plugIn,
  settle,
  type TestOperator,
  testKey,
} from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let chargerId: string;
let count = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
});

afterAll(async () => {
  await database.stop();
});

/** Messages of chargers that are not stored yet. */
let waiting = 0;
const helpers = { ...cdrHelpers, countWaiting: async () => waiting };

beforeEach(async () => {
  waiting = 0;
  await freshCharger();
});

async function freshCharger(): Promise<void> {
  const form = { name: 'AC', currency: 'EUR', perKwh: '0.50' };
  const { tariffId } = (await operator.call('POST', '/tariffs', form)).body;
  count += 1;
  chargerId = `G-${count}`;
  await operator.call('POST', '/chargers', { chargerId, tariffId, maxPowerKw: 22 });
}

const at = (minute: number) => new Date(Date.UTC(2026, 3, 14, 16, minute)).toISOString();

const key = () => chargerId.toLowerCase();

type Ride = { readonly minute: number; readonly from: number; readonly to?: number };

/** A session of half an hour on a connector, from one register to another; without `to` it never stops by itself. */
async function ride({ minute, from, to }: Ride, connectorId = 1): Promise<void> {
  const charger = await plugIn(database, key());
  const { transactionId } = await charger.call('StartTransaction', {
    connectorId,
    idTag: 'TAG1',
    timestamp: at(minute),
    meterStart: from,
  });
  if (to === undefined) {
    const reading = meterValues(at(minute + 15), from + 1000, Number(transactionId));
    await charger.call('MeterValues', { ...reading, connectorId });
  } else {
    const stop = { transactionId, timestamp: at(minute + 30), meterStop: to };
    await charger.call('StopTransaction', stop);
  }
  await settle(database, key(), helpers);
}

/** The CDRs of the charger by their sessions' starts. */
async function cdrs(): Promise<readonly Cdr[]> {
  const { items = [] } = (await operator.call('GET', `/cdrs?chargerId=${chargerId}`)).body;
  return (items as unknown as Cdr[]).toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
}

const codes = (cdr: Cdr | undefined) => cdr?.anomalies.map(({ code }) => code);

async function verdictOn(cdr: Cdr, previous: Cdr | undefined) {
  const path = `/sessions/${cdr.sessionId}/readings?late=false`;
  const readings = (await operator.call('GET', path)).body.items ?? [];
  return verifyCdr(cdr, {
    readings: readings as never,
    rules: { read: (reading) => decodeMessage(v16, reading), price: priceSession },
    key: testKey,
    ...(previous?.seal && { previous: previous.seal }),
  });
}

describe('the register of a connector', () => {
  it('a register that continues from the previous session causes no anomaly', async () => {
    await ride({ minute: 0, from: 0, to: 4000 });
    await ride({ minute: 60, from: 4005, to: 8000 });

    const [first, second] = await cdrs();
    expect(first?.evidence.basis).toEqual({});
    expect(codes(second)).toEqual([]);
    expect(second?.evidence.basis.previousRegister).toEqual({
      sessionId: first?.sessionId,
      wh: 4000,
    });
  });

  it.each([
    ['on', 4500],
    ['back', 500],
  ])(
    'a register that went %s between two sessions causes an anomaly and is billed',
    async (_way, from) => {
      await ride({ minute: 0, from: 0, to: 4000 });
      await ride({ minute: 60, from, to: from + 3000 });

      const [first, second] = await cdrs();
      expect(codes(second)).toEqual(['REG_CONTINUITY_GAP']);
      expect(second).toMatchObject({
        state: 'sealed',
        energyKwh: 3,
        evidence: { basis: { previousRegister: { sessionId: first?.sessionId, wh: 4000 } } },
      });
    },
  );

  it('a start below the end of the previous session, which the register passes again, is held: what lies between would be billed twice', async () => {
    await ride({ minute: 0, from: 0, to: 4000 });
    await ride({ minute: 60, from: 2500, to: 5500 });

    const [, second] = await cdrs();
    expect(codes(second)).toEqual(['REG_CONTINUITY_GAP', 'REG_START_CONTRADICTED']);
    expect(second).toMatchObject({ state: 'held', total: null });
  });

  it('a start at 0 of a register that goes on is held by the two registers of the previous session, and its CDR proves it', async () => {
    await ride({ minute: 0, from: 6000, to: 9000 });
    await ride({ minute: 60, from: 0, to: 12_000 });

    const [first, second] = await cdrs();
    expect(codes(second)).toEqual(['REG_CONTINUITY_GAP', 'REG_START_CONTRADICTED']);
    expect(second).toMatchObject({
      state: 'held',
      total: null,
      evidence: {
        basis: { previousRegister: { sessionId: first?.sessionId, wh: 9000, startWh: 6000 } },
      },
    });
  });

  it('a register is only compared with that of the same connector', async () => {
    await ride({ minute: 0, from: 0, to: 4000 });
    await ride({ minute: 60, from: 70_000, to: 72_000 }, 2);

    const [, other] = await cdrs();
    expect(codes(other)).toEqual([]);
    expect(other?.evidence.basis).toEqual({});
  });

  it('a register is not compared if the previous session has no known end', async () => {
    await ride({ minute: 0, from: 0 });
    await ride({ minute: 60, from: 9000, to: 12_000 });

    const [, second] = await cdrs();
    expect(codes(second)).toEqual([]);
    expect(second?.evidence.basis).toEqual({});
  });

  it('the comparison with the previous register is recomputed in verification', async () => {
    await ride({ minute: 0, from: 0, to: 4000 });
    await ride({ minute: 60, from: 4500, to: 8000 });
    const [first, second] = await cdrs();
    if (second === undefined) throw new Error('no CDR');

    expect((await verdictOn(second, first)).valid).toBe(true);
    for (const wh of [4500, undefined]) {
      const { previousRegister, ...rest } = second.evidence.basis;
      const basis =
        wh === undefined || previousRegister === undefined
          ? rest
          : { ...rest, previousRegister: { ...previousRegister, wh } };
      const forged = { ...second, evidence: { ...second.evidence, basis } };
      const { checks } = await verdictOn(forged, first);
      const failed = checks.filter(({ outcome }) => outcome === 'failed');
      expect(failed.map(({ check }) => check)).toEqual(
        expect.arrayContaining(['hash', 'signature', 'content']),
      );
      expect(failed.find(({ check }) => check === 'content')?.message).toContain('anomalies');
    }
  });

  it('no gap is claimed between sessions without one, in whatever order their messages are stored and their CDRs sealed', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async (order) => {
        await freshCharger();
        await storeInOrder(order);

        const all = await cdrs();
        expect(all.map((cdr) => [cdr.state, cdr.energyKwh, codes(cdr)])).toEqual(
          Array.from({ length: sessions }, () => ['sealed', 2, []]),
        );
      }),
      { numRuns: 8 },
    );
  });

  it('a gap is claimed as soon as no message waits that could explain it', async () => {
    await ride({ minute: 0, from: 0, to: 4000 });
    waiting = 1;
    await ride({ minute: 60, from: 4500, to: 8000 });
    waiting = 0;
    await ride({ minute: 120, from: 9000, to: 12_000 });

    const [, unsure, sure] = await cdrs();
    expect([codes(unsure), unsure?.evidence.basis]).toEqual([[], {}]);
    expect(codes(sure)).toEqual(['REG_CONTINUITY_GAP']);
  });
});

const sessions = 4;

/** Messages of some sessions, by session: the first is its start, the second its stop; in the order in which they are stored. */
const arrivals = fc.shuffledSubarray(
  Array.from({ length: sessions }, (_, index) => [index, index]).flat(),
  { minLength: 2 * sessions, maxLength: 2 * sessions },
);

/** Stores the messages one by one; whenever one is stored, all sessions that have ended get their CDR. */
async function storeInOrder(order: readonly number[]): Promise<void> {
  const transactions = new Map<number, unknown>();
  waiting = order.length;
  for (const index of order) {
    const charger = await plugIn(database, key());
    waiting -= 1;
    const begun = transactions.get(index);
    if (begun === undefined) {
      const start = { connectorId: 1, idTag: 'TAG1', timestamp: at(index * 60) };
      const { transactionId } = await charger.call('StartTransaction', {
        ...start,
        meterStart: index * 2000,
      });
      transactions.set(index, transactionId);
    } else {
      await charger.call('StopTransaction', {
        transactionId: begun,
        timestamp: at(index * 60 + 30),
        meterStop: index * 2000 + 2000,
      });
    }
    await settle(database, key(), helpers);
  }
}
