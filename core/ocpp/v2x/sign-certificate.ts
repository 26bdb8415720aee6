import { omitUndefined } from '../../units/omit-undefined.ts';
import type { OcppEvent } from '../event.ts';
import type { SignCertificateRequest } from '../generated/v21/sign-certificate-request.js';
import type { Tolerated } from './tolerated.ts';

/** A certificate that is not for the charger itself is for vehicles, whichever of their standards it names. */
const useOf = (word: string | undefined): 'charger' | 'v2g' | undefined => {
  if (word === undefined) return undefined;
  return word === 'ChargingStationCertificate' ? 'charger' : 'v2g';
};

/** Reads SignCertificateRequest (OCPP 2.0.1 use cases A02 and A03). */
export const toCertificateRequested = (
  { csr, certificateType, requestId }: Tolerated<SignCertificateRequest>,
  raw: string,
): readonly OcppEvent[] => [
  omitUndefined({
    kind: 'certificateRequested',
    csr,
    use: useOf(certificateType),
    requestId,
    raw,
  } as const),
];
