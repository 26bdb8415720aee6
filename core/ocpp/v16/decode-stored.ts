import type { Version } from '../version.ts';
import { toConnectorState } from './to-connector-state.ts';
import { toReadings } from './to-readings.ts';

const nothing = { readings: [], states: [] };

/** Reads the payload of a message of OCPP 1.6 that was stored. */
export const decodeStored: Version['decodeStored'] = (kind, raw, receivedAt) => {
  switch (kind) {
    case 'meter':
    case 'stop':
      return { ...nothing, ...toReadings(kind, raw, receivedAt) };
    case 'status': {
      const state = toConnectorState(raw, receivedAt);
      return state === undefined ? nothing : { ...nothing, states: [{ ...state, receivedAt }] };
    }
    // No message of OCPP 1.6 says several things at once.
    case 'event':
      return nothing;
    default:
      return kind satisfies never;
  }
};
