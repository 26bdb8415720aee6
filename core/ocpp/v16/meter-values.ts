import { omitUndefined } from '../../units/omit-undefined.ts';
import type { OcppEvent } from '../event.ts';
import type { MeterValuesRequest } from '../generated/v16/meter-values-request.js';
import { timestampOf } from '../timestamp-of.ts';
import { connectorNumbered } from './connector-numbered.ts';
import { readTransactionId } from './read-transaction-id.ts';
import type { Tolerated } from './tolerated.ts';

/** Reads MeterValues.req (OCPP 1.6 section 6.31), all but the values (see toReadings). */
export const toMetered = (wire: Tolerated<MeterValuesRequest>, raw: string): OcppEvent =>
  omitUndefined({
    kind: 'metered',
    ...connectorNumbered(wire.connectorId),
    transactionId: readTransactionId(wire.transactionId),
    timestamp: timestampOf(wire.meterValue[0]?.timestamp),
    raw,
  } as const);
