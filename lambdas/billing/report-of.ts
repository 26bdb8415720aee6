import type { DecodedMessage } from '../../core/cdr/compute/cdr-rules.ts';
import { loadDecoder } from '../../core/ocpp/load-decoder.ts';
import type { MessageRecord } from '../store/readings/readings.ts';

/** Reads kept messages again: what the meter read, and what the connector showed. */
export async function reportOf(kept: readonly MessageRecord[]): Promise<DecodedMessage> {
  const decode = await loadDecoder(kept.map(({ protocol }) => protocol));
  const decoded = kept.map((reading) => decode(reading.protocol, reading));
  return {
    readings: decoded.flatMap(({ readings }) => readings),
    states: decoded.flatMap(({ states }) => states),
  };
}
