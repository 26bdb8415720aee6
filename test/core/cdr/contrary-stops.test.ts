import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { billedSession } from '../../../core/cdr/compute/billed-session.ts';
import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import { sessionOfCdr } from '../../../core/cdr/compute/session-facts.ts';
import { canonicalJson } from '../../../core/cdr/seal/canonical-json.ts';
import { startedEvent, stoppedEvent } from '../session/session-samples.ts';
import { rules, sessionOf, stored, tariff } from './cdr-samples.ts';

/** A stop at 11:00 that was received so many seconds later; -1 is an unknown register. */
const stopAt = (meterStop: number | undefined, seconds: number) => {
  const receivedAt = new Date(Date.UTC(2026, 2, 2, 11, 0, seconds)).toISOString();
  const { stop, ...event } = stoppedEvent({ receivedAt });
  const { meterStop: _none, ...others } = stop;
  return { ...event, stop: { ...others, ...(meterStop !== undefined && { meterStop }) } };
};

const cdrOf = (stops: readonly ReturnType<typeof stopAt>[], readings: typeof stored = []) =>
  cdrFromReadings(
    billedSession(sessionOf(startedEvent({ meterStart: 1000 }), ...stops)),
    tariff,
    readings,
    rules,
  );

const codesOf = ({ anomalies }: ReturnType<typeof cdrOf>) => anomalies.map(({ code }) => code);

const register = fc.oneof(
  fc.integer({ min: 1000, max: 9000 }),
  fc.integer({ min: 7900, max: 8900 }),
  fc.constantFrom(undefined, -1, 0, 1000, 8000),
);

describe('several stops of one transaction', () => {
  it('any stops bill their session only where all registers agree within a tenth or 100 Wh, and give the same CDR in any order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(register, fc.nat(60)), {
          minLength: 1,
          maxLength: 5,
          selector: ([wh]) => wh ?? 'none',
        }),
        fc.array(fc.nat(), { minLength: 5, maxLength: 5 }),
        (all, order) => {
          const stops = all.map(([wh, seconds]) => stopAt(wh, seconds));
          const others = stops.toSorted(
            (a, b) => (order[stops.indexOf(a)] ?? 0) - (order[stops.indexOf(b)] ?? 0),
          );
          const cdr = cdrOf(stops);
          const known = all.flatMap(([wh]) => (wh === undefined || wh < 0 ? [] : [wh - 1000]));
          const [least, most] = [Math.min(...known), Math.max(...known)];
          const agree = known.length === 0 || (most - least) * 10 <= Math.max(least, 0) + 1000;

          if (cdr.total !== null) expect(agree).toBe(true);
          expect(codesOf(cdr).includes('STOPS_CONTRADICT')).toBe(!agree);
          expect(canonicalJson(cdrOf(others))).toBe(canonicalJson(cdr));
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a stop with the register of the start, and the real one', 1000, 8000, [0, 7]],
    ['a stop halfway, and one at the end', 4500, 8000, [3.5, 7]],
    ['a stop at the end, and a lower one', 8000, 4500, [3.5, 7]],
  ])('%s hold the CDR, with both energies', (_name, first, second, energies) => {
    const cdr = cdrOf([stopAt(first, 1), stopAt(second, 7)]);

    expect(cdr.total).toBeNull();
    expect(codesOf(cdr)).toContain('STOPS_CONTRADICT');
    expect(cdr.candidates?.map(({ energyKwh }) => energyKwh)).toEqual(
      expect.arrayContaining(energies),
    );
    expect(sessionOfCdr(cdr).stopRegisters).toEqual(cdr.evidence.session.stopRegisters);
  });

  it('a stop that is repeated, or that differs by little, leaves no trace in the CDR', () => {
    const once = cdrOf([stopAt(8000, 1)]);

    expect(cdrOf([stopAt(8000, 1), stopAt(8000, 7)])).toEqual(once);
    expect(cdrOf([stopAt(8000, 1), stopAt(8090, 7)])).toEqual(once);
    expect(cdrOf([stopAt(8000, 1), stopAt(8600, 7)])).toMatchObject({
      energyKwh: 7,
      anomalies: [],
    });
  });

  it('a stop without a register does not bill readings up to which another stop does not agree', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(undefined, -1),
        fc.integer({ min: 1000, max: 9000 }),
        (unknown, wh) => {
          // The readings go up to 2.75 kWh.
          const cdr = cdrOf([stopAt(unknown, 1), stopAt(wh, 7)], stored.slice(0, 2));
          const [less = 0, more = 0] = [2750, wh - 1000].sort((a, b) => a - b);
          const agree = (more - less) * 10 <= less + 1000;
          const known = cdr.candidates?.map(({ energyKwh }) => energyKwh);

          if (cdr.total !== null) expect(agree).toBe(true);
          expect(codesOf(cdr).includes('STOPS_CONTRADICT')).toBe(!agree);
          if (!agree) expect(known).toContain((wh - 1000) / 1000);
        },
      ),
      { numRuns: 200 },
    );
  });
});
