import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptableEnergy } from '../../../core/cdr/compute/acceptable-energy.ts';
import { decidedMetered } from '../../../core/cdr/compute/apply-decision.ts';
import type { CdrBasis } from '../../../core/cdr/compute/cdr-basis.ts';
import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import type { StoredMessage } from '../../../core/cdr/model/stored-message.ts';
import type { Metered } from '../../../core/metering/model/metered.ts';
import { endAt, measured, type Taken } from '../metering/measured-by-minute.ts';
import { startedEvent, stoppedEvent } from '../session/session-samples.ts';
import { rules, sessionOf, tariff } from './cdr-samples.ts';

const decidedBy = { apiKeyId: 'key', name: 'Ada' };
const accept = { kind: 'accept', decidedAt: '2026-03-03T10:00:00.000Z', decidedBy } as const;

/** A register that rises, falls, drops out and jumps, as no meter should. */
const told: fc.Arbitrary<readonly Taken[]> = fc
  .array(
    fc.oneof(fc.integer({ min: 100_000, max: 112_000 }), fc.constantFrom(0, 50, 4000, 900_000)),
    {
      minLength: 2,
      maxLength: 10,
    },
  )
  .map((registers) => registers.map((wh, index): Taken => [1 + index * 5, String(wh)]));

const end = fc.oneof(
  fc.integer({ min: 100_000, max: 112_000 }),
  fc.constantFrom(undefined, 0, 1, 40_000),
);

const power = fc.constantFrom({}, { maxPowerW: 22_000 });

const shownBy = ({ meterStart, meterStop }: Metered): bigint =>
  (meterStop?.register ?? 0n) - (meterStart?.register ?? 0n);

describe('a held CDR that an operator accepts', () => {
  it('an accepted held CDR is never billed above what the meter shows at its ends, unless they show next to nothing of the readings', () => {
    let capped = 0;
    fc.assert(
      fc.property(told, end, end, power, (readings, from, to, bound) => {
        const facts = { ...bound, start: endAt(0, from), stop: endAt(60, to) };
        const metered = measured(facts, ...readings);
        const { energy } = decidedMetered(metered, accept);
        const shown = shownBy(metered);

        if (shown < 0n || metered.meterStop === undefined) return;
        const saysNothing = metered.energy >= 100_000n && metered.energy > shown * 10n;
        if (!saysNothing) expect(energy).toBeLessThanOrEqual(shown);
        expect(energy).toBeLessThanOrEqual(metered.energy);
        if (energy < metered.energy) capped += 1;
      }),
      { numRuns: 1000, seed: 8 },
    );
    expect(capped).toBeGreaterThan(20);
  });

  it('an accepted held CDR is never billed for nothing if its readings show energy', () => {
    let zero = 0;
    fc.assert(
      fc.property(told, end, end, power, (readings, from, to, bound) => {
        const facts = { ...bound, start: endAt(0, from), stop: endAt(60, to) };
        const metered = measured(facts, ...readings);
        const { energy } = decidedMetered(metered, accept);

        if (metered.energy < 100_000n) return;
        expect(energy * 10n).toBeGreaterThanOrEqual(
          metered.energy < shownBy(metered) ? metered.energy : 0n,
        );
        if (energy === 0n) zero += 1;
      }),
      { numRuns: 500 },
    );
    expect(zero).toBe(0);
  });

  it('an accepted held CDR keeps the distribution of its energy, scaled to what is billed', () => {
    const facts = { maxPowerW: 11_000, start: endAt(0, 100_000), stop: endAt(60, 101_750) };
    const metered = measured(facts, [15, '101750'], [30, '100000'], [45, '100000']);

    expect([metered.energy, acceptableEnergy(metered)]).toEqual([3_500_000n, 1_750_000n]);
    const { series } = decidedMetered(metered, accept);
    expect(series.at(-1)?.energy).toBe(1_750_000n);
    expect(series.map(({ energy }) => energy)).toContain(875_000n);
  });
});

describe('a held CDR', () => {
  const message = (at: string, register: number): StoredMessage => ({
    key: `${at}#meter#${register}`,
    kind: 'meter',
    evseId: 1,
    connectorId: 1,
    receivedAt: at,
    raw: JSON.stringify({ at, register }),
  });
  const fell = [
    message('2026-03-02T10:15:00.000Z', 4000),
    message('2026-03-02T10:30:00.000Z', 2000),
    message('2026-03-02T10:40:00.000Z', 2500),
  ];
  const started = startedEvent();
  const session = sessionOf(
    { ...started, identity: { ...started.identity, maxPowerW: 11_000 } },
    stoppedEvent({ meterStop: 5000 }),
  );
  const content = (basis: CdrBasis = {}) => cdrFromReadings(session, tariff, fell, rules, basis);

  it('a held CDR shows each possible energy, its cost, and which of them is billed when it is accepted', () => {
    const { candidates, energyKwh, total } = content();

    expect({ energyKwh, total }).toEqual({ energyKwh: 8, total: null });
    expect(candidates).toEqual([
      {
        by: 'register-ends',
        energyKwh: 4,
        reason: 'The register shows 1000 Wh at the start and 5000 Wh at the stop.',
        total: { currency: 'EUR', exclVat: '2.56', inclVat: '3.05' },
        accepted: true,
      },
      {
        by: 'rises',
        energyKwh: 8,
        reason: 'The rises of the register from start to stop add up to this.',
        total: { currency: 'EUR', exclVat: '4.12', inclVat: '4.90' },
      },
    ]);
  });

  it('a CDR shows no possible energies once it was decided', () => {
    const accepted = content({ decision: accept });

    expect(accepted.candidates).toBeUndefined();
    expect(accepted).toMatchObject({ energyKwh: 4, total: { exclVat: '2.56' } });
  });

  it('a held CDR without a tariff names no price', () => {
    const { candidates } = cdrFromReadings(session, undefined, fell, rules);

    expect(candidates?.map(({ total }) => total)).toEqual([null, null]);
  });
});
