import type { Understood } from '../../core/cdr/cdr-from-readings.ts';
import { understand } from '../../core/ocpp/understand.ts';
import type { KeptReading } from '../store/readings.ts';

/** Reads kept messages again: what the meter read, and what the connector showed. */
export function reportOf(kept: readonly KeptReading[]): Understood {
  const understood = kept.map((reading) => understand(reading.protocol, reading));
  return {
    readings: understood.flatMap(({ readings }) => readings),
    states: understood.flatMap(({ states }) => states),
  };
}
