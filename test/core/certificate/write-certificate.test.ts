import { sign, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readSigningRequest } from '../../../core/certificate/signing-request.ts';
import {
  type Authority,
  authorityBody,
  certificatePem,
  chargerBody,
  signedCertificate,
} from '../../../core/certificate/write-certificate.ts';
import { makeRequest, newPair } from './make-request.ts';

const pair = newPair();
const authority: Authority = {
  name: 'Joulegate chargers test',
  publicKeyDer: new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' })),
};
const terms = {
  serialNumber: '40a1b2',
  notBefore: Date.parse('2026-04-14T16:00:00Z'),
  // Beyond 2049 a time is written in another form (RFC 5280 section 4.1.2.5).
  notAfter: Date.parse('2051-04-14T16:00:00Z'),
};
const certificateOf = (body: Uint8Array): X509Certificate =>
  new X509Certificate(
    certificatePem(signedCertificate(body, sign('sha256', body, pair.privateKey))),
  );

describe('certificates of the authority', () => {
  it('the authority certifies itself as a root that certifies nothing but chargers', () => {
    const root = certificateOf(authorityBody(authority, terms));

    expect(root.verify(pair.publicKey)).toBe(true);
    expect(root.ca).toBe(true);
    expect(root.subject).toBe('CN=Joulegate chargers test');
    expect(root.issuer).toBe(root.subject);
    expect(root.toString()).not.toBe('');
  });

  it('a charger is certified with the subject and the key of its request, for TLS as a client and nothing else', () => {
    const own = newPair();
    const text = makeRequest({ names: ['CP-1'], organizations: ['Städtische Werke'], pair: own });
    const request = readSigningRequest(text);
    if (request === undefined) throw new Error('no request');
    const root = certificateOf(authorityBody(authority, { ...terms, serialNumber: '41' }));

    const certificate = certificateOf(chargerBody(authority, request, terms));

    expect(certificate.subject).toBe('CN=CP-1\nO=Städtische Werke');
    expect(certificate.publicKey.equals(own.publicKey)).toBe(true);
    expect(certificate.checkIssued(root)).toBe(true);
    expect(certificate.verify(root.publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(certificate.serialNumber).toBe('40A1B2');
    expect(certificate.validFromDate.getTime()).toBe(terms.notBefore);
    expect(certificate.validToDate.getTime()).toBe(terms.notAfter);
  });
});
