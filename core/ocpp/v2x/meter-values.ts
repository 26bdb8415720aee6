import { omitUndefined } from '../../units/omit-undefined.ts';
import type { OcppEvent } from '../event.ts';
import type { MeterValuesRequest } from '../generated/v201/meter-values-request.js';
import { timestampOf } from '../timestamp-of.ts';
import { placeOfEvse } from './place-of-evse.ts';
import type { Tolerated } from './tolerated.ts';

/** Reads MeterValuesRequest (OCPP 2.0.1 use case J01), which names an EVSE and never a transaction; all but the values. */
export const toMetered = (
  wire: Tolerated<MeterValuesRequest>,
  raw: string,
): readonly OcppEvent[] => [
  omitUndefined({
    kind: 'metered',
    ...placeOfEvse(wire.evseId),
    timestamp: timestampOf(wire.meterValue[0]?.timestamp),
    raw,
  } as const),
];
