import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decidedMetered } from '../../../core/cdr/compute/apply-decision.ts';
import {
  type CdrChoice,
  type CdrDecision,
  sameDecision,
} from '../../../core/cdr/compute/cdr-decision.ts';
import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import { measureSession } from '../../../core/cdr/compute/measured-session.ts';
import type { CdrContent } from '../../../core/cdr/model/cdr.ts';
import type { StoredMessage } from '../../../core/cdr/model/stored-message.ts';
import { canonicalJson } from '../../../core/cdr/seal/canonical-json.ts';
import { checkArithmetic } from '../../../core/cdr/verify/check-arithmetic.ts';
import type { SessionEvent } from '../../../core/session/session-event.ts';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import {
  abandonedEvent,
  startedEvent,
  stoppedEvent,
  supersededEvent,
} from '../session/session-samples.ts';
import { rules, sessionOf, stored, tariff } from './cdr-samples.ts';

const decided = (choice: CdrChoice): CdrDecision => ({
  ...choice,
  decidedAt: '2026-03-03T09:00:00.000Z',
  decidedBy: { apiKeyId: 'key1', name: 'Back office' },
});

/** A session that another one took over from: nobody knows its end. */
const superseded = sessionOf(startedEvent(), supersededEvent);

const cdrOf = (
  choice: CdrChoice | undefined,
  {
    by = tariff,
    session = superseded,
  }: { by?: Tariff | undefined; session?: typeof superseded } = {},
): CdrContent =>
  cdrFromReadings(
    session,
    by,
    stored,
    rules,
    choice === undefined ? {} : { decision: decided(choice) },
  );

const untaxed: Tariff = {
  ...tariff,
  elements: [{ priceComponents: [{ type: 'ENERGY', price: '1', stepSize: 0 }] }],
};

describe('a decision of the operator', () => {
  it('accepting a held session bills it as measured and removes none of its anomalies', () => {
    const held = cdrOf(undefined);
    const accepted = cdrOf({ kind: 'accept', reason: 'The driver agrees.' });

    expect(held.total).toBeNull();
    expect(accepted).toMatchObject({
      energyKwh: held.energyKwh,
      anomalies: held.anomalies,
      // 7 kWh × 0.39 + 1 = 3.73, and 19 % VAT of that.
      total: { currency: 'EUR', exclVat: '3.73', inclVat: '4.44' },
      evidence: {
        quality: 'register',
        basis: {
          decision: {
            kind: 'accept',
            reason: 'The driver agrees.',
            decidedAt: '2026-03-03T09:00:00.000Z',
            decidedBy: { apiKeyId: 'key1', name: 'Back office' },
          },
        },
      },
    });
  });

  it('a decision may name a tariff for a charger without one, and the CDR still states that there was none', () => {
    const { tariffId: _none, ...session } = superseded;
    const held = cdrFromReadings(session, undefined, stored, rules);
    const accepted = cdrOf({ kind: 'accept', tariffId: 'tar1' }, { session });

    expect(held.anomalies.map(({ code }) => code)).toContain('NO_TARIFF');
    expect(accepted.anomalies).toEqual(held.anomalies);
    expect(accepted.total?.inclVat).toBe('4.44');
  });

  it('a decision may bill the energy of a token that was not accepted', () => {
    const session = sessionOf(startedEvent({ authorization: 'Invalid' }), stoppedEvent());

    const content = cdrOf({ kind: 'setEnergy', energyKwh: 0, reason: 'A test.' }, { session });

    expect(content.anomalies.map(({ code }) => code)).toContain('UNAUTHORIZED_ENERGY');
    expect(content).toMatchObject({ energyKwh: 0, total: { exclVat: '2.40' } });
  });

  it('a decision that sets the energy bills that energy and leaves the meter readings unchanged', () => {
    const measured = cdrOf({ kind: 'accept' }, { by: untaxed });
    const content = cdrOf(
      { kind: 'setEnergy', energyKwh: 3.5, reason: 'Agreed.' },
      { by: untaxed },
    );

    expect(content).toMatchObject({
      energyKwh: 3.5,
      total: { exclVat: '3.50', inclVat: '3.50' },
      meterStart: measured.meterStart,
      meterStop: measured.meterStop,
      evidence: { quality: 'decided' },
    });
  });

  it('an energy set by a decision is distributed over time like the measured energy', () => {
    const { metered } = measureSession(superseded, stored.map(rules.read), {});
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500_000_000 }), (milliWattHours) => {
        const energyKwh = milliWattHours / 1e6;
        const result = decidedMetered(
          metered,
          decided({ kind: 'setEnergy', energyKwh, reason: 'x' }),
        );

        expect(result.energy).toBe(BigInt(milliWattHours));
        expect(result.series.at(-1)?.energy).toBe(result.energy);
        expect(result.series.map(({ at }) => at)).toEqual(metered.series.map(({ at }) => at));
        for (const [index, { energy }] of result.series.entries()) {
          const share = Number(metered.series[index]?.energy ?? 0n) / Number(metered.energy);
          expect(Math.abs(Number(energy) - share * milliWattHours)).toBeLessThanOrEqual(1);
          expect(energy >= (result.series[index - 1]?.energy ?? 0n)).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('an energy set by a decision is distributed evenly if nothing was measured', () => {
    const { start, stop, ...rest } = sessionOf(startedEvent(), stoppedEvent());
    const { meterStart: _start, ...from } = start ?? startedEvent().start;
    const { meterStop: _stop, ...to } = stop ?? stoppedEvent().stop;
    const session = { ...rest, start: from, stop: to };
    const halfPrice: Tariff = {
      ...untaxed,
      elements: [
        {
          priceComponents: [{ type: 'ENERGY', price: '2', stepSize: 0 }],
          restrictions: { endTime: '11:30' },
        },
        { priceComponents: [{ type: 'ENERGY', price: '1', stepSize: 0 }] },
      ],
    };
    const decision = decided({ kind: 'setEnergy', energyKwh: 10, reason: 'The meter is broken.' });

    const content = cdrFromReadings(session, halfPrice, [], rules, { decision });

    // 10:00 to 11:00 in UTC is 11:00 to 12:00 in Berlin: half of it before the price falls.
    expect(content).toMatchObject({ energyKwh: 10, total: { exclVat: '15.00' } });
    expect(content.anomalies.map(({ code }) => code)).toContain('NO_METER_DATA');
  });

  it('a void session has no lines, costs nothing, and keeps its meter readings', () => {
    const content = cdrOf({ kind: 'void', reason: 'A technician tested the charger.' });

    expect(content).toMatchObject({
      energyKwh: 7,
      meterStop: { wh: 8000 },
      lines: [],
      periods: [],
      total: { currency: 'EUR', exclVat: '0.00', inclVat: '0.00' },
      unrounded: { exclVat: '0', inclVat: '0' },
    });
  });

  it('a void session is in the currency of its tariff, or in no currency', () => {
    const yen: Tariff = { ...tariff, currency: 'JPY' };
    const finer: Tariff = { ...tariff, rounding: { mode: 'half-up', scope: 'total', decimals: 4 } };
    const nothing = { kind: 'void', reason: 'x' } as const;
    const { tariffId: _none, ...session } = superseded;

    expect(cdrOf(nothing, { by: yen }).total).toMatchObject({ currency: 'JPY', inclVat: '0' });
    expect(cdrOf(nothing, { by: finer }).total).toMatchObject({ inclVat: '0.0000' });
    expect(
      cdrFromReadings(session, undefined, stored, rules, { decision: decided(nothing) }),
    ).toMatchObject({ tariff: null, total: { currency: 'XXX', exclVat: '0', inclVat: '0' } });
  });

  it('a decision can be hashed, whatever its content', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.integer({ min: 0, max: 100_000_000_000 }),
        (reason, milliWattHours) => {
          const energyKwh = milliWattHours / 1e6;
          const content = cdrOf({ kind: 'setEnergy', energyKwh, reason });
          expect(JSON.parse(canonicalJson(content)).energyKwh).toBe(energyKwh);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('whatever holds a CDR', () => {
  const anyHeld: readonly (readonly [string, readonly SessionEvent[], readonly StoredMessage[]])[] =
    [
      ['another session', [startedEvent(), supersededEvent], stored],
      ['a long silence', [startedEvent(), abandonedEvent], stored],
      [
        'a stop that cannot be read',
        [startedEvent(), stoppedEvent({ reason: 'Unreadable' })],
        stored,
      ],
      ['a start that never came', [stoppedEvent()], []],
      [
        'a stop before the start',
        [startedEvent(), stoppedEvent({ endedAt: '2026-03-02T09:00:00Z' })],
        [],
      ],
      ['a register that fell', [startedEvent(), stoppedEvent({ meterStop: 10 })], stored],
      [
        'a token that was not accepted',
        [startedEvent({ authorization: 'Blocked' }), stoppedEvent()],
        stored,
      ],
      [
        'more energy than the charger can deliver',
        [startedEvent(), stoppedEvent({ meterStop: 9e9 })],
        [],
      ],
    ];
  const choices: readonly CdrChoice[] = [
    { kind: 'accept' },
    { kind: 'setEnergy', energyKwh: 12.345678, reason: 'Agreed.' },
    { kind: 'void', reason: 'Agreed.' },
  ];

  it.each(anyHeld)(
    'a session held for %s is sealed by a decision, with a price that adds up',
    (_why, events, readings) => {
      const session = sessionOf(...events);
      const held = cdrFromReadings(session, tariff, readings, rules);
      expect(held.total).toBeNull();

      for (const choice of choices) {
        const basis = { decision: decided(choice) };
        const content = cdrFromReadings(session, tariff, readings, rules, basis);

        expect(content.total, choice.kind).not.toBeNull();
        expect(checkArithmetic(content).outcome, choice.kind).toBe('passed');
        expect(content.anomalies).toEqual(expect.arrayContaining([...held.anomalies]));
        expect(canonicalJson(cdrFromReadings(session, tariff, readings, rules, basis))).toBe(
          canonicalJson(content),
        );
      }
    },
  );
});

describe('two decisions', () => {
  it('two decisions are the same if their outcome is the same, whoever made them', () => {
    const one: CdrChoice = { kind: 'setEnergy', energyKwh: 1.5, reason: 'a', tariffId: 't' };

    expect(sameDecision(decided(one), { ...one })).toBe(true);
    expect(sameDecision({ kind: 'accept' }, { kind: 'accept' })).toBe(true);
  });

  it.each<[CdrChoice, CdrChoice]>([
    [{ kind: 'accept' }, { kind: 'void', reason: 'a' }],
    [{ kind: 'accept' }, { kind: 'accept', reason: 'a' }],
    [{ kind: 'accept' }, { kind: 'accept', tariffId: 't' }],
    [
      { kind: 'setEnergy', energyKwh: 1, reason: 'a' },
      { kind: 'setEnergy', energyKwh: 2, reason: 'a' },
    ],
    [
      { kind: 'void', reason: 'a' },
      { kind: 'void', reason: 'b' },
    ],
  ])('two decisions that differ in any part are different: %j, %j', (a, b) => {
    expect(sameDecision(a, b)).toBe(false);
    expect(sameDecision(b, a)).toBe(false);
  });
});
