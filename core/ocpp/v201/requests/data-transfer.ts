import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import type { DataTransferResponse } from '../../generated/v201/data-transfer-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { message } from './message.ts';

const textOf = (data: unknown): string => (typeof data === 'string' ? data : JSON.stringify(data));

/** DataTransfer to a charger (OCPP 2.0.1 part 2 section 1.16), whose data may be any JSON; ours is text. */
export const dataTransfer = message<CommandOf<'data-transfer'>, object, DataTransferResponse>(
  ({ vendorId, messageId, data }) => omitUndefined({ vendorId, messageId, data }),
  ({ status, data }) =>
    statusOutcome(
      { status },
      data === undefined ? undefined : { kind: 'vendor-data', data: textOf(data) },
    ),
);
