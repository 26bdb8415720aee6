import { deriveSecret } from '../runtime/derive-secret.ts';
import type { PartnerName } from './roaming-services.ts';

/** Derives the key that the token of a partner is encrypted with. */
export const derivePartnerKey = async ({
  operatorId,
  partnerId,
}: PartnerName): Promise<Uint8Array> =>
  await deriveSecret(['joulegate partner', operatorId, partnerId]);
