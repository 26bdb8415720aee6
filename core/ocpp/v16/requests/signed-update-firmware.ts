import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import { validateSignedUpdateFirmwareRequest } from '../../generated/v16/signed-update-firmware-request.js';
import { validateSignedUpdateFirmwareResponse } from '../../generated/v16/signed-update-firmware-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { exchange } from './exchange.ts';

/** SignedUpdateFirmware of the security extension, section 5.18. */
export const signedUpdateFirmware = exchange(
  'SignedUpdateFirmware',
  validateSignedUpdateFirmwareRequest,
  validateSignedUpdateFirmwareResponse,
  ({ url, retrieveAt, signed, retries, retrySeconds }: CommandOf<'update-firmware'>) => {
    if (signed === undefined) return { inexpressible: 'The firmware has no signature.' };
    return omitUndefined({
      retries,
      retryInterval: retrySeconds,
      requestId: signed.requestId,
      firmware: omitUndefined({
        location: url,
        retrieveDateTime: retrieveAt,
        installDateTime: signed.installAt,
        signingCertificate: signed.certificate,
        signature: signed.signature,
      }),
    });
  },
  (answer) => statusOutcome(answer),
);
