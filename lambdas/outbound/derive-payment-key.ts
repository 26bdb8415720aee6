import { deriveSecret } from '../runtime/derive-secret.ts';

/** Derives the key that the secrets of an operator at its payment provider are encrypted with. */
export const derivePaymentKey = async (operatorId: string): Promise<Uint8Array> =>
  await deriveSecret(['joulegate payments', operatorId]);
