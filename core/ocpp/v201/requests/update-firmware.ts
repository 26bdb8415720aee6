import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import type { UpdateFirmwareRequest } from '../../generated/v201/update-firmware-request.js';
import type { UpdateFirmwareResponse } from '../../generated/v201/update-firmware-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { message } from './message.ts';

/** UpdateFirmware (OCPP 2.0.1 part 2 section 1.66), signed or not. */
export const updateFirmware = message<
  CommandOf<'update-firmware'>,
  UpdateFirmwareRequest,
  UpdateFirmwareResponse
>(
  ({ url, retrieveAt, signed, retries, retrySeconds }, number) =>
    omitUndefined({
      requestId: signed?.requestId ?? number,
      retries,
      retryInterval: retrySeconds,
      firmware: omitUndefined({
        location: url,
        retrieveDateTime: retrieveAt,
        installDateTime: signed?.installAt,
        signingCertificate: signed?.certificate,
        signature: signed?.signature,
      }),
    }),
  (answer) => statusOutcome(answer),
);
