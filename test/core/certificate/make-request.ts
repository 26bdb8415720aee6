import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { Attributes, CertificationRequest, CertificationRequestInfo } from '@peculiar/asn1-csr';
import { AlgorithmIdentifier, SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import { nameFrom } from '../../../core/certificate/distinguished-name.ts';
import { parseDer, writeDer } from '../../../core/certificate/parse-der.ts';
import { writePem } from '../../../core/certificate/pem.ts';

/** A pair of keys. */
export type Pair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

/** A new pair of keys on P-256. */
export const newPair = (): Pair => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

const kinds = { ec: '1.2.840.10045.4.3.2', rsa: '1.2.840.113549.1.1.11' } as const;

/** A request for a certificate as a charger writes it; signed by another key where one is given. */
export function makeRequest({
  names = [],
  organizations = [],
  pair = newPair(),
  signer = pair,
}: {
  readonly names?: readonly string[];
  readonly organizations?: readonly string[];
  readonly pair?: Pair;
  readonly signer?: Pair;
}): string {
  const der = new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' }));
  const subjectPKInfo = parseDer(der, SubjectPublicKeyInfo);
  if (subjectPKInfo === undefined) throw new Error('Not a public key');
  const certificationRequestInfo = new CertificationRequestInfo({
    subject: nameFrom([
      ...names.map((text) => ['commonName', text] as const),
      ...organizations.map((text) => ['organization', text] as const),
    ]),
    subjectPKInfo,
    attributes: new Attributes(),
  });
  const signature = sign('sha256', writeDer(certificationRequestInfo), signer.privateKey);
  const kind = signer.privateKey.asymmetricKeyType === 'rsa' ? 'rsa' : 'ec';
  const request = new CertificationRequest({
    certificationRequestInfo,
    signatureAlgorithm: new AlgorithmIdentifier({ algorithm: kinds[kind] }),
    signature: new Uint8Array(signature).buffer,
  });
  return writePem('CERTIFICATE REQUEST', writeDer(request));
}
