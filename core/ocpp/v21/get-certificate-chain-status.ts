import type { OcppEvent } from '../event.ts';
import type { GetCertificateChainStatusRequest } from '../generated/v21/get-certificate-chain-status-request.js';

/** Reads GetCertificateChainStatusRequest of OCPP 2.1: which certificates of a chain were revoked. */
export const toChainStatusAsked = (
  { certificateStatusRequests }: GetCertificateChainStatusRequest,
  raw: string,
): readonly OcppEvent[] => [
  {
    kind: 'chainStatusAsked',
    certificates: certificateStatusRequests.map(({ certificateHashData, source }) => ({
      certificateHashData,
      source,
    })),
    raw,
  },
];
