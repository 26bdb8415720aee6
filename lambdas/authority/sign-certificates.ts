import { createHash } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { Applicant } from '../../core/certificate/check-signing-request.ts';
import {
  type Authority,
  authorityBody,
  type CertificateTerms,
  certificatePem,
  chargerBody,
  signedCertificate,
} from '../../core/certificate/write-certificate.ts';
import { checkRequest } from './check-request.ts';

/** A certificate as it was signed: PEM, and the SHA-256 of its DER in hexadecimal. */
export type SignedCertificate = { readonly certificate: string; readonly fingerprint: string };

/** The authority of a deployment: its name, and the key of KMS that it signs with. */
export type AuthorityKey = { readonly name: string; readonly keyId: string };

const client = new KMSClient({ maxAttempts: 5 });

async function sign(keyId: string, body: Uint8Array): Promise<SignedCertificate> {
  const output = await client.send(
    new SignCommand({
      KeyId: keyId,
      Message: createHash('sha256').update(body).digest(),
      MessageType: 'DIGEST',
      SigningAlgorithm: 'ECDSA_SHA_256',
    }),
  );
  if (output.Signature === undefined) throw new Error('KMS gave no signature');
  const der = signedCertificate(body, output.Signature);
  return {
    certificate: certificatePem(der),
    fingerprint: createHash('sha256').update(der).digest('hex'),
  };
}

/** Reads the public half of the authority's key, SubjectPublicKeyInfo in DER. */
async function readAuthority({ name, keyId }: AuthorityKey): Promise<Authority> {
  const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
  if (PublicKey === undefined) throw new Error('KMS gave no public key');
  return { name, publicKeyDer: PublicKey };
}

/** Has the authority certify itself: the certificate that a trust store is made from. */
export const certifyAuthority = async (
  key: AuthorityKey,
  terms: CertificateTerms,
): Promise<SignedCertificate> =>
  await sign(key.keyId, authorityBody(await readAuthority(key), terms));

/** Has the authority certify a charger by its request, which is checked once more; or says why it does not. */
export async function certifyCharger(
  key: AuthorityKey,
  csr: string,
  applicant: Applicant,
  terms: CertificateTerms,
): Promise<
  | ({ readonly kind: 'signed' } & SignedCertificate)
  | { readonly kind: 'refused'; readonly reason: string }
> {
  const verdict = checkRequest(csr, applicant);
  if (verdict.kind === 'refused') return verdict;
  const body = chargerBody(await readAuthority(key), verdict.request, terms);
  return { kind: 'signed', ...(await sign(key.keyId, body)) };
}
