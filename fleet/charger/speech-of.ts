import type { Protocol } from '../../core/ocpp/protocol.ts';
import type { Speech } from './speech.ts';
import { ocpp2 } from './speech-of-ocpp-2.ts';
import { ocpp16 } from './speech-of-ocpp-16.ts';

/** The speech of a version: OCPP 2.0.1 and 2.1 say the same here. */
export const speechOf = (protocol: Protocol): Speech => (protocol === 'ocpp1.6' ? ocpp16 : ocpp2);
