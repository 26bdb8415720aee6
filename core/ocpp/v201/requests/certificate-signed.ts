import type { CommandOf } from '../../../command/command-request.ts';
import { omitUndefined } from '../../../units/omit-undefined.ts';
import type { CertificateSignedRequest } from '../../generated/v21/certificate-signed-request.js';
import type { CertificateSignedResponse } from '../../generated/v201/certificate-signed-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { message } from './message.ts';

const words = { charger: 'ChargingStationCertificate', v2g: 'V2GCertificate' } as const;

/** CertificateSigned (OCPP 2.0.1 part 2 section 1.4). Only a charger of 2.1 numbers its request. */
export const certificateSigned = message<
  CommandOf<'deliver-certificate'>,
  CertificateSignedRequest,
  CertificateSignedResponse
>(
  ({ chain, use, requestId }) =>
    omitUndefined({
      certificateChain: chain,
      certificateType: use === undefined ? undefined : words[use],
      requestId,
    }),
  (answer) => statusOutcome(answer),
);
