import { omitUndefined } from '../../units/omit-undefined.ts';
import type { Answers, Authorization } from '../answer.ts';
import type { OcppEvent } from '../event.ts';
import type { AuthorizeRequest } from '../generated/v16/authorize-request.js';
import type { AuthorizeResponse } from '../generated/v16/authorize-response.js';
import type { Tolerated } from './tolerated.ts';

/** Reads Authorize.req (OCPP 1.6 section 6.1). */
export const toTokenPresented = (wire: Tolerated<AuthorizeRequest>, raw: string): OcppEvent => ({
  kind: 'tokenPresented',
  tokenId: wire.idTag,
  raw,
});

/** Writes IdTagInfo (OCPP 1.6 section 7.27). */
export const idTagInfo = (authorization: Authorization): AuthorizeResponse['idTagInfo'] =>
  omitUndefined({
    status: authorization.status,
    expiryDate: authorization.expiryDate,
    parentIdTag: authorization.parentTokenId,
  });

/** Writes Authorize.conf (OCPP 1.6 section 6.2). */
export const authorizeResponse = ({
  authorization,
}: Answers['tokenPresented']): AuthorizeResponse => ({ idTagInfo: idTagInfo(authorization) });
