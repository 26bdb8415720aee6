import { omitUndefined } from '../../units/omit-undefined.ts';
import type { Answers } from '../answer.ts';
import type { OcppEvent } from '../event.ts';
import type { DataTransferRequest } from '../generated/v16/data-transfer-request.js';
import type { DataTransferResponse } from '../generated/v16/data-transfer-response.js';
import type { Tolerated } from './tolerated.ts';

/** Reads DataTransfer.req (OCPP 1.6 section 6.17). */
export const toDataTransferred = (wire: Tolerated<DataTransferRequest>, raw: string): OcppEvent =>
  omitUndefined({
    kind: 'dataTransferred',
    vendorId: wire.vendorId,
    vendorMessageId: wire.messageId,
    data: wire.data,
    raw,
  } as const);

/** Writes DataTransfer.conf (OCPP 1.6 section 6.18). */
export const dataTransferResponse = (answer: Answers['dataTransferred']): DataTransferResponse =>
  omitUndefined({ status: answer.status, data: answer.data });
