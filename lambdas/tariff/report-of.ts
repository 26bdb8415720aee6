import type { ConnectorState, MeterReading } from '../../core/metering/reading.ts';
import { connectorStateOf } from '../../core/ocpp/connector-state-of.ts';
import { readingsOf } from '../../core/ocpp/readings-of.ts';
import type { KeptReading } from '../store/readings.ts';

/** What kept messages say: readings of the meter, and states of the connector. */
export type Report = {
  readonly readings: readonly MeterReading[];
  readonly states: readonly ConnectorState[];
};

/** Reads kept messages again. */
export function reportOf(kept: readonly KeptReading[]): Report {
  const readings: MeterReading[] = [];
  const states: ConnectorState[] = [];
  for (const { kind, protocol, raw, receivedAt } of kept) {
    const received = Date.parse(receivedAt);
    if (kind === 'status') {
      const state = connectorStateOf(protocol, raw, received);
      if (state !== undefined) states.push(state);
    } else {
      readings.push(...readingsOf(protocol, kind, raw, received));
    }
  }
  return { readings, states };
}
