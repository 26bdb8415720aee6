import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withRegisterAfterStop } from '../../../core/cdr/compute/register-after-stop.ts';
import type { MeterReading, SampledValue } from '../../../core/metering/model/reading.ts';
import { finish } from '../../../core/session/finish.ts';
import { startedEvent, stoppedEvent } from '../session/session-samples.ts';
import { sessionOf } from './cdr-samples.ts';

/** From 1000 to 8000 Wh, from 10:00 to 11:00, at 11 kW at most. */
const session = sessionOf(startedEvent(), stoppedEvent());

/** A reading so many minutes after the stop. */
const readAt = (
  minutes: number,
  wh: number,
  value: Partial<SampledValue> = {},
  more: Partial<MeterReading> = {},
): MeterReading => {
  const time = Date.UTC(2026, 2, 2, 11, minutes);
  const sampled: SampledValue = {
    value: String(wh),
    context: 'Sample.Periodic',
    measurand: 'Energy.Active.Import.Register',
    location: 'Outlet',
    multiplier: 0,
    format: 'raw',
    ...value,
  };
  const timestamp = new Date(time).toISOString();
  return { timestamp, receivedAt: time + 500, offline: false, sampledValues: [sampled], ...more };
};

const judged = (...readings: readonly MeterReading[]) =>
  withRegisterAfterStop(finish(session, readings, []), session, readings);

const isHeld = (...readings: readonly MeterReading[]): boolean => judged(...readings).hold;

describe('a register of the transaction after its stop', () => {
  it('it holds the session where it rose by more than a tenth of the energy and 100 Wh, and not where it trickles', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6000 }), fc.constantFrom('Wh', 'kWh'), (rise, unit) => {
        const wh = 8000 + rise;
        const reading = readAt(60, unit === 'kWh' ? wh / 1000 : wh, { unit });
        const metered = judged(readAt(-30, 4500), reading);

        expect(Number(metered.energy)).toBe(7_000_000);
        expect(metered.hold).toBe(rise > 800);
        expect(
          metered.candidates?.some(({ energy }) => Number(energy) === 7_000_000 + rise * 1000),
        ).toBe(rise === 0 || rise > 800);
      }),
      { numRuns: 200 },
    );
  });

  it('what names no transaction of ours, is another quantity or place, or more than the charger delivers says nothing', () => {
    expect(isHeld(readAt(60, 12_000))).toBe(true);
    expect(isHeld(readAt(60, 12_000, {}, { guessed: true }))).toBe(false);
    for (const other of [
      { measurand: 'Energy.Active.Export.Register' },
      { location: 'Inlet' },
      { phase: 'L1' },
      { format: 'signed' },
      { unit: 'varh' },
    ] as const) {
      expect(judged(readAt(60, 12_000, other)).anomalies.map(({ code }) => code)).not.toContain(
        'ENERGY_CONTRADICTED',
      );
    }
    expect(isHeld(readAt(60, 108_000))).toBe(false);
  });

  it('a register of another zero than the stop is compared with itself', () => {
    expect(isHeld(readAt(-1, 9000), readAt(60, 9100))).toBe(isHeld(readAt(-1, 9000)));
  });
});
