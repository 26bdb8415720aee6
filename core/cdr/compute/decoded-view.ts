import { connectorStatusWord } from '../../charger/connector-status.ts';
import type { ConnectorState } from '../../metering/model/reading.ts';
import type { DecodedMessage } from './cdr-rules.ts';

/** A stored message as understood, in the form that the operator API shows: readings of the meter, or a connector's state. */
export const decodedView = ({ readings, states }: DecodedMessage) => ({
  values: readings.map((reading) => ({
    ...reading,
    receivedAt: new Date(reading.receivedAt).toISOString(),
  })),
  state: stateView(states[0]),
});

const stateView = (state: ConnectorState | undefined) =>
  state === undefined
    ? null
    : { timestamp: state.timestamp, status: connectorStatusWord(state.status) };
