import { sign } from 'node:crypto';
import {
  authorityBody,
  certificatePem,
  signedCertificate,
} from '../../../core/certificate/write-certificate.ts';
import { newPair } from './make-request.ts';

/** A root certificate in PEM that is valid for a day until a time (epoch ms, whole seconds). */
export function rootValidUntil(notAfter: number): string {
  const pair = newPair();
  const publicKeyDer = new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' }));
  const terms = { serialNumber: '40a1b2', notBefore: notAfter - 86_400_000, notAfter };
  const body = authorityBody({ name: 'A maker of chargers', publicKeyDer }, terms);
  return certificatePem(signedCertificate(body, sign('sha256', body, pair.privateKey)));
}
