import type { OcppEvent } from '../event.ts';
import type { MeterValuesRequest } from '../generated/v16/meter-values-request.js';
import { present } from '../present.ts';
import type { Forgiven } from './forgiven.ts';
import { transactionIdOf } from './transaction-id.ts';

/** Reads MeterValues.req (OCPP 1.6 section 6.31), all but the values (see toReadings). */
export const toMetered = (wire: Forgiven<MeterValuesRequest>, raw: string): OcppEvent =>
  present({
    kind: 'metered',
    evseId: wire.connectorId,
    connectorId: wire.connectorId,
    transactionId: transactionIdOf(wire.transactionId, raw),
    timestamp: wire.meterValue[0]?.timestamp || undefined,
    raw,
  } as const);
