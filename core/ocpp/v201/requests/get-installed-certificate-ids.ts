import type { CommandOf } from '../../../command/command-request.ts';
import type { GetInstalledCertificateIdsRequest } from '../../generated/v201/get-installed-certificate-ids-request.js';
import type { GetInstalledCertificateIdsResponse } from '../../generated/v201/get-installed-certificate-ids-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { certificateUseWords, toCertificateHash } from './certificate-words.ts';
import { message } from './message.ts';

/** GetInstalledCertificateIds (OCPP 2.0.1 part 2 section 1.28); what hangs on a certificate is listed after it. */
export const getInstalledCertificateIds = message<
  CommandOf<'list-certificates'>,
  GetInstalledCertificateIdsRequest,
  GetInstalledCertificateIdsResponse
>(
  ({ use }) => ({ certificateType: [certificateUseWords[use]] }),
  ({ status, certificateHashDataChain = [] }) =>
    statusOutcome(
      { status },
      {
        kind: 'certificates',
        certificates: certificateHashDataChain.flatMap(
          ({ certificateHashData, childCertificateHashData = [] }) =>
            [certificateHashData, ...childCertificateHashData].map(toCertificateHash),
        ),
      },
    ),
);
