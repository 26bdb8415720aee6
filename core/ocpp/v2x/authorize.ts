import type { Answers } from '../answer.ts';
import type { OcppEvent } from '../event.ts';
import type { AuthorizeRequest } from '../generated/v201/authorize-request.js';
import type { AuthorizeResponse } from '../generated/v201/authorize-response.js';
import { tokenOf } from './id-token.ts';
import { idTokenInfo } from './id-token-info.ts';
import type { Tolerated } from './tolerated.ts';

/** Reads AuthorizeRequest (OCPP 2.0.1 use cases C01 to C07). */
export const toTokenPresented = (
  wire: Tolerated<AuthorizeRequest>,
  raw: string,
): readonly OcppEvent[] => {
  const { idToken, certificate, iso15118CertificateHashData } = wire;
  const hasCertificate = certificate !== undefined || iso15118CertificateHashData !== undefined;
  return [
    {
      kind: 'tokenPresented',
      tokenId: tokenOf(idToken) ?? '',
      ...(hasCertificate && { hasCertificate }),
      raw,
    },
  ];
};

/** Writes AuthorizeResponse. A contract certificate that came along was not checked: no certificate of ours can. */
export const authorizeResponse = ({
  authorization,
  isCertificateUnchecked,
}: Answers['tokenPresented']): AuthorizeResponse => ({
  idTokenInfo: idTokenInfo(authorization),
  ...(isCertificateUnchecked && { certificateStatus: 'NoCertificateAvailable' }),
});
