import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { CheckKey } from '../../core/certificate/check-signing-request.ts';

const isAllowed = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean => {
  const { namedCurve = '', modulusLength = 0 } = asymmetricKeyDetails ?? {};
  if (asymmetricKeyType === 'ec') return ['prime256v1', 'secp384r1'].includes(namedCurve);
  return asymmetricKeyType === 'rsa' && modulusLength >= 2048 && modulusLength <= 4096;
};

function readKey(der: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

/** Says whether a request for a certificate is signed by the key that it brings, and whether OCPP allows that key. */
export const checkKey: CheckKey = ({ publicKeyDer, signed, signature, signatureKind }) => {
  const key = readKey(publicKeyDer);
  if (key === undefined || !isAllowed(key)) {
    return 'The key must be on the curve P-256 or P-384, or RSA of 2048 to 4096 bits.';
  }
  if (signatureKind === undefined || signatureKind.key !== key.asymmetricKeyType) {
    return 'The request must be signed with SHA-256, SHA-384 or SHA-512 by its own key.';
  }
  return verify(signatureKind.hash, signed, key, signature)
    ? undefined
    : 'The signature of the request is not that of the key in it.';
};
