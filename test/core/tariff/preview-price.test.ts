import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import type { StoredMessage } from '../../../core/cdr/model/stored-message.ts';
import { decodeMessage } from '../../../core/ocpp/decode-message.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import type { Session } from '../../../core/session/session.ts';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import type { PlannedSession, PowerStep } from '../../../core/tariff/preview/planned-session.ts';
import { type PlannedPlace, previewPrice } from '../../../core/tariff/preview/preview-price.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { duration, instant, isoInstant } from '../../../core/units/instant.ts';
import { milliWatts } from '../../../core/units/power.ts';
import { anyStep, someZone, tariffOf } from './arbitraries.ts';
import { at } from './described-session.ts';

const minute = 60_000n;

/** A charger's session that goes as planned: its registers in whole Wh and the state of its vehicle. */
type Told = { readonly session: Session; readonly messages: readonly StoredMessage[] };

/** Plans whose energy is whole Wh at every step: multiples of 1 kW over multiples of 3 minutes. */
const plans = fc
  .record({
    start: fc.bigInt({ min: 28_400_000n, max: 30_500_000n }),
    steps: fc.array(
      fc.record({
        minutes: fc.bigInt({ min: 1n, max: 150n }),
        kw: fc.bigInt({ min: 0n, max: 22n }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    idle: fc.bigInt({ min: 0n, max: 600n }),
    evenly: fc.boolean(),
  })
  .map(({ start, steps, idle, evenly }) => {
    const ends: { readonly after: bigint; readonly wh: bigint }[] = [{ after: 0n, wh: 0n }];
    for (const { minutes, kw } of evenly ? steps.slice(0, 1) : steps) {
      const { after, wh } = ends.at(-1) ?? { after: 0n, wh: 0n };
      ends.push({ after: after + 3n * minutes * minute, wh: wh + kw * 50n * minutes });
    }
    const last = ends.at(-1) ?? { after: 0n, wh: 0n };
    const curve = steps.map(
      ({ kw }, index): PowerStep => ({
        after: duration(ends[index]?.after ?? 0n),
        power: milliWatts(kw * 1_000_000n),
      }),
    );
    const plan: PlannedSession = {
      startedAt: instant(start * minute),
      duration: duration(last.after + idle * minute),
      idle: duration(idle * minute),
      taken: evenly
        ? { kind: 'energy', energy: milliWattHours(last.wh * 1000n) }
        : { kind: 'power', steps: curve },
    };
    return { plan, ends };
  });

const tell = (
  { startedAt, duration: length, idle }: PlannedSession,
  ends: readonly { readonly after: bigint; readonly wh: bigint }[],
  timeZone: string,
): Told => {
  const meterStart = 4_321;
  const iso = (after: bigint): string => isoInstant(instant(startedAt + after));
  const registers = ends.map(({ after, wh }, index): StoredMessage => {
    const value = { value: String(BigInt(meterStart) + wh), unit: 'Wh' };
    const meterValue = [{ timestamp: iso(after), sampledValue: [value] }];
    return {
      key: `${iso(after)}#meter#${index}`,
      kind: 'meter',
      evseId: 1,
      connectorId: 1,
      receivedAt: iso(after),
      raw: JSON.stringify({ connectorId: 1, transactionId: 7, meterValue }),
    };
  });
  // Vehicle states: without them, 15 minutes without power would count as idle.
  const state = (after: bigint, status: string): StoredMessage => ({
    key: `${iso(after)}#status#${status}`,
    kind: 'status',
    evseId: 1,
    connectorId: 1,
    receivedAt: iso(after),
    raw: JSON.stringify({ connectorId: 1, errorCode: 'NoError', status, timestamp: iso(after) }),
  });
  const suspended = idle > 0n ? [state(length - idle, 'SuspendedEV')] : [];
  const wh = Number(ends.at(-1)?.wh ?? 0n);
  return {
    messages: [...registers, state(0n, 'Charging'), ...suspended],
    session: {
      sessionId: 'ses_a',
      operatorId: 'op_a',
      chargerId: 'CP1',
      evseId: 1,
      connectorId: 1,
      transactionId: '7',
      protocol: 'ocpp1.6',
      timeZone,
      state: 'ended',
      anomalies: [],
      start: {
        startedAt: iso(0n),
        receivedAt: iso(0n),
        tokenId: 'TAG',
        authorization: 'Accepted',
        meterStart,
      },
      stop: {
        endedAt: iso(length),
        receivedAt: iso(length),
        meterStop: meterStart + wh,
        reason: 'Local',
      },
    },
  };
};

const placeIn = (timeZone: string): PlannedPlace => ({
  timeZone,
  zoneAssumed: false,
  startRepeats: false,
});

describe('previewPrice', () => {
  it('previewPrice equals the CDR of a session that goes as planned', () => {
    const grace = fc.record(
      {
        idleGraceMinutes: fc.integer({ min: 0, max: 90 }),
        idleCapMinutes: fc.integer({ min: 0, max: 90 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(tariffOf(anyStep), grace, plans, someZone, (stated, idle, planned, zone) => {
        const tariff: Tariff = { ...stated, ...idle };
        const { session, messages } = tell(planned.plan, planned.ends, zone);
        const rules = {
          read: (reading: StoredMessage) => decodeMessage(v16, reading),
          price: priceSession,
        };
        // A charger for trucks of an operator whom no price is too high: nothing that can be planned is held.
        const limits = { longestSessionDays: 365, highestPrice: '1000000000' };
        const charged = { ...session, maxPowerW: 1_000_000 };
        const cdr = cdrFromReadings(charged, tariff, messages, rules, { limits });

        const { price, energy } = previewPrice(tariff, planned.plan, placeIn(zone));

        const { total, unrounded, lines, periods } = cdr;
        expect({ total, unrounded, lines, periods }).toEqual(price);
        expect(cdr.energyKwh).toBe(Number(energy) / 1e6);
      }),
    );
  });

  it('previewPrice sums the energy of a power curve without rounding each step', () => {
    const tariff: Tariff = {
      tariffId: 't',
      version: 1,
      name: 'T',
      currency: 'EUR',
      elements: [{ priceComponents: [{ type: 'ENERGY', price: '1', stepSize: 0 }] }],
      rounding: { mode: 'half-up', scope: 'total', decimals: 6 },
    };
    // A kilowatt for 20 s is 5.5 recurring Wh: three of them are 16.666667 together, not 3 times a rounded one.
    const steps = [0n, 20_000n, 40_000n].map((after) => ({
      after: duration(after),
      power: milliWatts(1_000_000n),
    }));
    const plan: PlannedSession = {
      startedAt: at('2026-04-14T08:00:00Z'),
      duration: duration(minute),
      idle: duration(0n),
      taken: { kind: 'power', steps },
    };

    const { price, energy } = previewPrice(tariff, plan, placeIn('UTC'));

    expect(energy).toBe(16_667n);
    expect(price.total.exclVat).toBe('0.016667');
  });

  it('previewPrice assumes no energy before the first step of the power curve', () => {
    const tariff: Tariff = {
      tariffId: 't',
      version: 1,
      name: 'T',
      currency: 'EUR',
      elements: [
        {
          priceComponents: [{ type: 'ENERGY', price: '1', stepSize: 0 }],
          restrictions: { maxDuration: 1800 },
        },
      ],
      rounding: { mode: 'half-up', scope: 'total' },
    };
    const plan: PlannedSession = {
      startedAt: at('2026-04-14T08:00:00Z'),
      duration: duration(60n * minute),
      idle: duration(0n),
      taken: {
        kind: 'power',
        steps: [{ after: duration(15n * minute), power: milliWatts(12_000_000n) }],
      },
    };

    // 15 minutes at 12 kW within the first half hour.
    expect(previewPrice(tariff, plan, placeIn('UTC')).price.total.exclVat).toBe('3.00');
  });

  it('previewPrice warns when the tariff is not valid at the start, with an exclusive end of validity', () => {
    const tariff: Tariff = {
      tariffId: 't',
      version: 1,
      name: 'T',
      currency: 'EUR',
      elements: [{ priceComponents: [{ type: 'ENERGY', price: '1', stepSize: 0 }] }],
      rounding: { mode: 'half-up', scope: 'total' },
      validFrom: '2026-01-01T00:00:00.000Z',
      validUntil: '2026-02-01T00:00:00.000Z',
    };
    const codesAt = (start: string) =>
      previewPrice(
        tariff,
        {
          startedAt: at(start),
          duration: duration(minute),
          idle: duration(0n),
          taken: { kind: 'energy', energy: milliWattHours(1n) },
        },
        placeIn('UTC'),
      ).warnings.map(({ code, message }) => {
        expect(message).toMatch(/\.$/);
        return code;
      });

    expect(codesAt('2025-12-31T23:59:59.999Z')).toEqual(['PREVIEW_TARIFF_NOT_YET_VALID']);
    expect(codesAt('2026-01-01T00:00:00Z')).toEqual([]);
    expect(codesAt('2026-01-31T23:59:59.999Z')).toEqual([]);
    expect(codesAt('2026-02-01T00:00:00Z')).toEqual(['PREVIEW_TARIFF_NO_LONGER_VALID']);
  });
});
