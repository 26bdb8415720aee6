import type { CommandOf } from '../../../command/command-request.ts';
import { validateGetInstalledCertificateIdsRequest } from '../../generated/v16/get-installed-certificate-ids-request.js';
import { validateGetInstalledCertificateIdsResponse } from '../../generated/v16/get-installed-certificate-ids-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { certificateUseWord, toCertificateHash } from './certificate-words.ts';
import { exchange } from './exchange.ts';

/** GetInstalledCertificateIds of the security extension, section 5.7. */
export const getInstalledCertificateIds = exchange(
  'GetInstalledCertificateIds',
  validateGetInstalledCertificateIdsRequest,
  validateGetInstalledCertificateIdsResponse,
  ({ use }: CommandOf<'list-certificates'>) => {
    const certificateType = certificateUseWord(use);
    return typeof certificateType === 'object' ? certificateType : { certificateType };
  },
  ({ status, certificateHashData = [] }) =>
    statusOutcome(
      { status },
      { kind: 'certificates', certificates: certificateHashData.map(toCertificateHash) },
    ),
);
