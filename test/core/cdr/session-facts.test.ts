import { describe, expect, it } from 'vitest';
import { decidedMetered } from '../../../core/cdr/compute/apply-decision.ts';
import { billedSession } from '../../../core/cdr/compute/billed-session.ts';
import { mayBeException } from '../../../core/cdr/compute/billing-exception.ts';
import { type CdrDecision, sameDecision } from '../../../core/cdr/compute/cdr-decision.ts';
import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import { composeCdr } from '../../../core/cdr/compute/compose-cdr.ts';
import {
  plainNumber,
  sessionFacts,
  sessionOfCdr,
} from '../../../core/cdr/compute/session-facts.ts';
import { signedEvidence } from '../../../core/cdr/signed/signed-evidence.ts';
import { checkReadings } from '../../../core/cdr/verify/check-readings.ts';
import { anomalyOf } from '../../../core/metering/model/anomaly-codes.ts';
import type { Metered } from '../../../core/metering/model/metered.ts';
import { type CheckedRecord, unchecked } from '../../../core/ocmf/check-signed-values.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { instant } from '../../../core/units/instant.ts';
import { startedEvent, stoppedEvent } from '../session/session-samples.ts';
import { ordinaryContent, rules, sessionOf, stored, tariff } from './cdr-samples.ts';

const kwh = (count: number) => milliWattHours(BigInt(Math.round(count * 1_000_000)));
const point = (at: bigint, energy: number) => ({ at: instant(at), energy: kwh(energy) });

const metered: Metered = {
  startedAt: instant(0n),
  endedAt: instant(60n),
  energy: kwh(2),
  quality: 'register',
  hold: false,
  anomalies: [],
  series: [point(0n, 0), point(20n, 0.5), point(60n, 2)],
  activities: [{ from: instant(0n), kind: 'charging' }],
};

const taken = { decidedAt: '2026-03-03T10:00:00Z', decidedBy: { apiKeyId: 'k', name: 'N' } };
const energyOf = (energyKwh: number): CdrDecision => ({
  ...taken,
  kind: 'setEnergy',
  energyKwh,
  reason: 'read off',
});

describe('a session as its CDR sees it', () => {
  const session = sessionOf(startedEvent(), stoppedEvent());

  it('the session in a CDR has everything that its bill can depend on', () => {
    const facts = sessionFacts({
      ...session,
      previousSessionId: 'ses_before',
      maxPowerW: 22_100.000000000004,
    });
    expect(facts).toMatchObject({
      tariffId: 'tar1',
      previousSessionId: 'ses_before',
      maxPowerW: 22_100,
      transactionId: '7',
    });
    const { tariffId: _tariffId, maxPowerW: _maxPowerW, ...bare } = session;
    expect(sessionFacts(bare)).toStrictEqual({
      transactionId: '7',
      protocol: 'ocpp1.6',
      start: session.start,
      stop: session.stop,
      anomalies: [],
    });
  });

  it('the session is restored from the CDR', () => {
    expect(sessionOfCdr(ordinaryContent()).state).toBe('ended');
    const running = cdrFromReadings(sessionOf(startedEvent()), tariff, stored, rules);
    expect(sessionOfCdr(running).state).toBe('active');
  });

  it.each([
    [99_999_999_999.1234, 99_999_999_999.123],
    [1e11, 1e11],
    [100_000_000_000.4, 1e11],
    [-100_000_000_000.4, -1e11],
    [-0.0004, -0],
  ])(
    'the session in a CDR has numbers with no more decimals than are metered: %f',
    (number, expected) => {
      expect(plainNumber(number)).toBe(expected);
    },
  );

  it('the session in a CDR omits what only the session shows', () => {
    const anomalies = (
      ['SECOND_STOP', 'LATE_START', 'LATE_STOP', 'SESSION_SUPERSEDED'] as const
    ).map((code) => anomalyOf(code));
    expect(billedSession({ ...session, anomalies })).toEqual({
      ...session,
      anomalies: anomalies.slice(3),
    });
  });

  it('the session in a CDR continues from the register of the previous session', () => {
    const codes = (wh: number) =>
      cdrFromReadings(session, tariff, stored, rules, {
        previousRegister: { sessionId: 'ses_before', wh },
      }).anomalies.map(({ code }) => code);
    expect(codes(1000)).toEqual([]);
    expect(codes(500)).toEqual(['REG_CONTINUITY_GAP']);
    expect(codes(1e15)).toEqual([]);
  });

  it('a session is a possible exception if it has little energy or an aborting stop, otherwise not', () => {
    const { stop } = session;
    if (stop === undefined) throw new Error('no stop');
    expect(mayBeException(stop, kwh(1))).toBe(true);
    expect(mayBeException(stop, kwh(1.000001))).toBe(false);
    expect(mayBeException({ ...stop, reason: 'PowerLoss' }, kwh(9))).toBe(true);
    expect(mayBeException(undefined, kwh(9))).toBe(false);
  });
});

describe('an energy that was decided', () => {
  it('a decided energy is distributed like the measured one', () => {
    expect(decidedMetered(metered, energyOf(4))).toEqual({
      ...metered,
      energy: kwh(4),
      quality: 'decided',
      series: [point(0n, 0), point(20n, 1), point(60n, 4)],
    });
  });

  it('a decided energy is distributed evenly if none was measured', () => {
    const none = { ...metered, energy: kwh(0), series: [point(0n, 0), point(60n, 0)] };
    expect(decidedMetered(none, energyOf(3)).series).toEqual([point(0n, 0), point(60n, 3)]);
    expect(decidedMetered(none, energyOf(0)).series).toEqual([point(0n, 0), point(60n, 0)]);
    const instantly = { ...none, endedAt: instant(0n), series: [point(0n, 0)] };
    expect(decidedMetered(instantly, energyOf(0)).series).toEqual([point(0n, 0)]);
    expect(decidedMetered(instantly, energyOf(3)).series).toEqual([point(0n, 0), point(0n, 3)]);
  });

  it('decisions with the same energy, reason and tariff are the same', () => {
    const accept = { kind: 'accept' } as const;
    const nothing = { kind: 'void', reason: 'read off' } as const;
    const later: CdrDecision = { ...energyOf(3), decidedAt: '2026-03-04T10:00:00Z' };
    expect(sameDecision(energyOf(3), later)).toBe(true);
    expect(sameDecision(energyOf(3), energyOf(4))).toBe(false);
    expect(sameDecision(energyOf(3), nothing)).toBe(false);
    expect(sameDecision(accept, { ...accept, reason: 'seen' })).toBe(false);
    expect(sameDecision(accept, { ...accept, tariffId: 'tar1' })).toBe(false);
    expect(sameDecision({ ...accept, reason: 'read off' }, nothing)).toBe(false);
  });
});

describe('a CDR', () => {
  it('a billed CDR has a price', () => {
    const session = sessionOf(startedEvent(), stoppedEvent());
    const found = { session, measured: metered, tariff, basis: {} };
    const evidence = { readings: 0, readingsHash: '' };
    expect(() => composeCdr(found, metered, undefined, evidence)).toThrow('needs a price');
  });

  it('a held CDR has no periods', () => {
    const held = cdrFromReadings(sessionOf(startedEvent()), tariff, stored, rules);
    expect(held).toMatchObject({ periods: [], lines: [], total: null, unrounded: null });
  });

  it('a CDR keeps a signed text of up to 32768 characters', () => {
    const session = sessionOf(startedEvent(), stoppedEvent());
    const kept = (length: number) => {
      const signed = 'x'.repeat(length);
      const end = { register: kwh(1), at: instant(0n), signed };
      const content = composeCdr(
        { session, measured: metered, tariff: undefined, basis: {} },
        { ...metered, meterStart: end },
        undefined,
        { readings: 0, readingsHash: '' },
      );
      return content.meterStart;
    };
    expect(kept(32_768)?.signed).toHaveLength(32_768);
    expect(kept(32_769)).toEqual({ wh: 1000, at: '1970-01-01T00:00:00.000Z' });
  });

  it('a CDR for a partner does not mention a promo code that was not applied', () => {
    const content = cdrFromReadings(
      sessionOf(startedEvent(), stoppedEvent()),
      tariff,
      stored,
      rules,
      {
        promoCode: { kind: 'refused', code: 'SPRING', reason: 'It is used up.' },
      },
    );
    expect(content.anomalies.map(({ code }) => code)).toEqual(['PROMO_CODE_NOT_APPLIED']);
    expect(content.total).toEqual(ordinaryContent().total);
  });
});

describe('the decoded form of readings', () => {
  const { evidence } = ordinaryContent();
  const [first, ...rest] = stored;
  if (first === undefined) throw new Error('no readings');
  const outcome = (told: object) =>
    checkReadings(evidence, [{ ...first, ...told }, ...rest], rules.read).outcome;

  it('each part of the decoded form of readings is derived from the received message', () => {
    const [reading] = rules.read(first).readings;
    const values = [{ ...reading, receivedAt: first.receivedAt }];
    expect(outcome({ values })).toBe('passed');
    expect(outcome({ values, state: null })).toBe('passed');
    expect(outcome({ state: null })).toBe('passed');
    expect(outcome({ values: [], state: null })).toBe('failed');
    expect(outcome({ values: [] })).toBe('failed');
    expect(outcome({ state: { status: 'Charging' } })).toBe('failed');
    expect(outcome({ values, state: { status: 'Charging' } })).toBe('failed');
  });

  it('a malformed decoded form of readings fails verification', () => {
    expect(outcome({ values: [Number.NaN] })).toBe('failed');
  });
});

describe('signed values in the evidence', () => {
  const record = (text: string, more: Partial<CheckedRecord> = {}): CheckedRecord => ({
    format: 'ocmf',
    record: text,
    contexts: ['Transaction.Begin', 'Made.Up'],
    isDecisive: false,
    verdict: unchecked('NOT_CHECKED'),
    ...more,
  });
  const noPair = { kind: 'no-pair', problems: [] } as const;
  const listed = (...records: readonly CheckedRecord[]) => signedEvidence(records, noPair, []);

  it('signed values in a CDR are kept whole, with the key sent with them and the OCPP contexts', () => {
    const { verdict } = record('a');
    expect(listed(record('a', { publicKey: 'key' }))).toEqual({
      signedValues: [
        {
          format: 'ocmf',
          record: 'a',
          publicKey: 'key',
          contexts: ['Transaction.Begin'],
          verdict,
        },
      ],
      signedPair: noPair,
    });
  });

  it('signed values in a CDR are hashed if there is no room, which their keys also take up', () => {
    // As JSON a text has two quotation marks more.
    const room = 96 * 1024;
    const whole = (...records: readonly CheckedRecord[]) =>
      listed(...records).signedValues?.map((value) => value.record !== undefined);
    expect(whole(record('x'.repeat(room - 4)))).toEqual([true]);
    expect(whole(record('x'.repeat(room - 3)))).toEqual([false]);
    expect(whole(record('x'.repeat(room - 10), { publicKey: '123456' }))).toEqual([true]);
    expect(whole(record('x'.repeat(room - 10), { publicKey: '1234567' }))).toEqual([false]);
    const half = 'x'.repeat(room / 2);
    expect(whole(record(half), record(half), record('a'))).toEqual([true, false, true]);
    const [, hashed] = listed(record(half), record('abc', { publicKey: half })).signedValues ?? [];
    expect(hashed).toMatchObject({
      recordHash: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    });
    expect(hashed).not.toHaveProperty('publicKey');
  });

  it('signed values beyond two hundred are only counted', () => {
    const many = (count: number) =>
      listed(...Array.from({ length: count }, (_, index) => record(String(index))));
    expect(many(200)).not.toHaveProperty('signedValuesLeftOut');
    expect(many(203)).toMatchObject({ signedValuesLeftOut: 3 });
    expect(many(203).signedValues).toHaveLength(200);
  });
});
