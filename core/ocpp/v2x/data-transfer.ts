import { omitUndefined } from '../../units/omit-undefined.ts';
import type { OcppEvent } from '../event.ts';
import type { DataTransferRequest } from '../generated/v201/data-transfer-request.js';
import type { Tolerated } from './tolerated.ts';

const textOf = (data: unknown): string | undefined => {
  if (data === undefined || data === null) return undefined;
  return typeof data === 'string' ? data : JSON.stringify(data);
};

/** Reads DataTransferRequest (OCPP 2.0.1 use case P02); data that is no text is kept as JSON, and null is none. */
export const toDataTransferred = (
  wire: Tolerated<DataTransferRequest>,
  raw: string,
): readonly OcppEvent[] => [
  omitUndefined({
    kind: 'dataTransferred',
    vendorId: wire.vendorId,
    vendorMessageId: wire.messageId,
    data: textOf(wire.data),
    raw,
  } as const),
];
