import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import { verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import { pushedIdentity } from '../../../core/push/pushed-identity.ts';
import type { PushedRecord } from '../../../core/push/pushed-record.ts';
import { pushedSession } from '../../../core/push/pushed-session.ts';
import { tariff } from '../cdr/cdr-samples.ts';
import {
  backwards,
  cdrOfPush,
  evidenceOf,
  night,
  pushedAt,
  pushFacts,
  pushRules,
} from './pushed-samples.ts';

const codesOf = ({ anomalies }: { readonly anomalies: readonly { readonly code: string }[] }) =>
  anomalies.map(({ code }) => code);

const minute = 60_000;

/** A time of 2026 before the push, whole minutes of epoch. */
const minutes = fc.integer({
  min: Date.UTC(2026, 0, 1) / minute,
  max: Date.parse(pushedAt) / minute,
});

/** The same point in time as a clock with another offset writes it. */
const written = (at: number, offsetHours: number): string => {
  const local = new Date((at + offsetHours * 60) * minute).toISOString().slice(0, 19);
  const hours = String(Math.abs(offsetHours)).padStart(2, '0');
  return `${local}${offsetHours < 0 ? '-' : '+'}${hours}:00`;
};

const offset = fc.integer({ min: -11, max: 13 });

const record = fc.tuple(minutes, minutes, fc.integer({ min: 0, max: 1_000 }), offset, offset).map(
  ([start, end, tenths, one, other]): PushedRecord => ({
    carConnected: written(start, one),
    carDisconnected: written(end, other),
    kiloWattHours: tenths / 10,
  }),
);

describe('the identity of a pushed session', () => {
  it('the same times and energy are the same session, whatever offset they are written with', () => {
    fc.assert(
      fc.property(minutes, minutes, offset, offset, (start, end, one, other) => {
        const of = (hours: number) =>
          pushedIdentity('op1', {
            carConnected: written(start, hours),
            carDisconnected: written(end, hours),
            kiloWattHours: 7.5,
          });
        expect(of(one)).toEqual(of(other));
      }),
    );
  });

  it('another start, end, energy or operator is another session', () => {
    const ids = [
      pushedIdentity('op1', night),
      pushedIdentity('op2', night),
      pushedIdentity('op1', { ...night, kiloWattHours: 32.6 }),
      pushedIdentity('op1', { ...night, carConnected: '2026-04-14T18:30:01+02:00' }),
      pushedIdentity('op1', { ...night, carDisconnected: '2026-04-15T06:45:01+02:00' }),
    ].map(({ sessionId }) => sessionId);

    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the CDR of a pushed session', () => {
  it('the CDR states the pushed energy and times and that a third party stated them', () => {
    const cdr = cdrOfPush(night);

    expect(cdr).toMatchObject({
      chargerId: 'WALLBOX',
      tokenId: null,
      startedAt: '2026-04-14T16:30:00.000Z',
      endedAt: '2026-04-15T04:45:00.000Z',
      durationSeconds: 44_100,
      chargingSeconds: 44_100,
      idleSeconds: 0,
      energyKwh: 32.5,
      meterStart: null,
      meterStop: null,
    });
    expect(cdr.evidence.quality).toBe('stated');
    expect(codesOf(cdr)).toEqual(['ENERGY_STATED']);
    // 32.5 kWh at 0.39 and a session fee of 1, with 19 % VAT.
    expect(cdr.total).toEqual({ currency: 'EUR', exclVat: '13.68', inclVat: '16.27' });
  });

  it('a session that ends before it starts is held with TIME_NEGATIVE and has no price anywhere', () => {
    const cdr = cdrOfPush(backwards);

    expect(codesOf(cdr)).toContain('TIME_NEGATIVE');
    expect(cdr).toMatchObject({
      total: null,
      unrounded: null,
      lines: [],
      periods: [],
      energyKwh: 32.5,
    });
    expect(cdr.candidates).toEqual([]);
    expect(cdr.endedAt).toBe(cdr.startedAt);
  });

  it.each([
    [
      'more energy than its wallbox can deliver',
      { ...night, kiloWattHours: 300 },
      'ENERGY_EXCEEDS_PHYSICAL',
    ],
    [
      'an end after it was pushed',
      { ...night, carDisconnected: '2026-04-16T12:00:00Z' },
      'ENDS_IN_FUTURE',
    ],
  ])('a session with %s is held and shows what its energy would cost', (_what, odd, code) => {
    const cdr = cdrOfPush(odd);

    expect(codesOf(cdr)).toContain(code);
    expect(cdr.total).toBeNull();
    expect(cdr.candidates).toMatchObject([
      { by: 'stated', energyKwh: odd.kiloWattHours, accepted: true },
    ]);
  });

  it('a session without energy is noted and billed as its operator bills such sessions', () => {
    const settings = {
      zeroEnergy: { bill: 'nothing', upToKwh: 0 },
      aborted: { waiveSessionFee: false, stopReasons: [] },
    } as const;
    const cdr = cdrOfPush({ ...night, kiloWattHours: 0 }, pushFacts, { settings });

    expect(codesOf(cdr)).toContain('ZERO_ENERGY');
    expect(cdr.total?.inclVat).toBe('0.00');
  });

  it('a session without a tariff is held', () => {
    const { tariffId: _none, ...facts } = pushFacts;
    const cdr = cdrOfPush(night, facts);

    expect(codesOf(cdr)).toContain('NO_TARIFF');
    expect(cdr.total).toBeNull();
  });

  it('a session whose evidence is gone or cannot be read is held and never billed', () => {
    const session = pushedSession(pushFacts, night, pushedAt);
    const [kept] = evidenceOf(night);
    for (const raw of [undefined, '{', 'null', '{"carDisconnected":1,"kiloWattHours":"a"}']) {
      const readings = raw === undefined || kept === undefined ? [] : [{ ...kept, raw }];
      const cdr = cdrFromReadings(session, tariff, readings, pushRules);

      expect(codesOf(cdr)).toEqual(['NO_METER_DATA']);
      expect(cdr).toMatchObject({ total: null, energyKwh: 0 });
      expect(cdr.evidence.quality).toBe('none');
    }
  });

  it('any pushed record gives a CDR that verifies from its evidence, and from no other record', () => {
    fc.assert(
      fc.property(record, fc.integer({ min: 1, max: 100 }), (pushed, tenths) => {
        const cdr = { ...cdrOfPush(pushed), state: 'held', seal: null } as const;
        const other = { ...pushed, kiloWattHours: (pushed.kiloWattHours * 10 + tenths) / 10 };
        const outcomeOf = (readings: ReturnType<typeof evidenceOf>, check: string) =>
          verifyCdr(cdr, { readings, rules: pushRules }).checks.find((one) => one.check === check)
            ?.outcome;

        expect(outcomeOf(evidenceOf(pushed), 'readings')).toBe('passed');
        expect(outcomeOf(evidenceOf(pushed), 'content')).toBe('passed');
        expect(outcomeOf(evidenceOf(pushed), 'arithmetic')).toBe('passed');
        expect(outcomeOf(evidenceOf(other), 'readings')).toBe('failed');
        expect(outcomeOf(evidenceOf(other), 'content')).toBe('failed');
      }),
    );
  });
});

describe('a pushed session', () => {
  it('a pushed session has ended, at the first connector of its wallbox, by the times as they came', () => {
    const session = pushedSession(pushFacts, night, pushedAt);

    expect(session).toMatchObject({
      state: 'ended',
      protocol: 'push',
      evseId: 1,
      connectorId: 1,
      tariffId: 'tar1',
      start: { startedAt: night.carConnected, receivedAt: pushedAt, authorization: 'Accepted' },
      stop: { endedAt: night.carDisconnected, receivedAt: pushedAt, reason: 'EVDisconnected' },
      anomalies: [],
    });
  });

  it('a record whose times have no offset has no identity', () => {
    expect(() => pushedIdentity('op1', { ...night, carConnected: '2026-04-14T18:30:00' })).toThrow(
      'no offset',
    );
  });
});
