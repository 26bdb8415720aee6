import type { Answers } from '../answer.ts';
import type { OcppEvent } from '../event.ts';
import type { DataTransferRequest } from '../generated/v16/data-transfer-request.js';
import type { DataTransferResponse } from '../generated/v16/data-transfer-response.js';
import { present } from '../present.ts';
import type { Forgiven } from './forgiven.ts';

/** Reads DataTransfer.req (OCPP 1.6 section 6.17). */
export const toDataTransferred = (wire: Forgiven<DataTransferRequest>, raw: string): OcppEvent =>
  present({
    kind: 'dataTransferred',
    vendorId: wire.vendorId,
    vendorMessageId: wire.messageId,
    data: wire.data,
    raw,
  } as const);

/** Writes DataTransfer.conf (OCPP 1.6 section 6.18). */
export const dataTransferResponse = (answer: Answers['dataTransferred']): DataTransferResponse =>
  present({ status: answer.status, data: answer.data });
