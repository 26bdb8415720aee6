import type { DecodedMessage } from '../../core/cdr/compute/cdr-rules.ts';
import { decodeMessage } from '../../core/ocpp/decode-message.ts';
import type { MessageRecord } from '../store/readings/readings.ts';

/** Reads kept messages again: what the meter read, and what the connector showed. */
export function reportOf(kept: readonly MessageRecord[]): DecodedMessage {
  const understood = kept.map((reading) => decodeMessage(reading.protocol, reading));
  return {
    readings: understood.flatMap(({ readings }) => readings),
    states: understood.flatMap(({ states }) => states),
  };
}
