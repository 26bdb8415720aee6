import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import { decodeMessage } from '../../../core/ocpp/decode-message.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { meterValues, newOperator, plugIn, settle, type TestOperator, testKey } from '../plant.ts';

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

beforeEach(async () => {
  const form = { name: 'AC', currency: 'EUR', perKwh: '0.50' };
  const { tariffId } = (await operator.call('POST', '/tariffs', form)).body;
  count += 1;
  chargerId = `G-${count}`;
  await operator.call('POST', '/chargers', { chargerId, tariffId, maxPowerKw: 22 });
});

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
  await settle(database, key());
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
    ['back', 2500],
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
});
