import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCertificateOf } from '../../../core/certificate/certificate-of-charger.ts';
import type { IssuedCertificate } from '../../../core/certificate/issued-certificate.ts';

const now = Date.parse('2026-04-14T16:30:00Z');
const authority = 'Joulegate chargers test';
const issued: IssuedCertificate = {
  serialNumber: '40',
  fingerprint: 'ab'.repeat(32),
  requestHash: '',
  issuedAt: '2026-01-01T00:00:00.000Z',
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2027-01-01T00:00:00.000Z',
  certificate: '',
};
const ours = { subject: 'O=Stadtwerke,CN=CP-1', issuer: `CN=${authority}` };
const holder = { chargerId: 'CP-1', issued: [issued], authority };

/** A value in a name in the form of RFC 2253, section 2.4. */
const escaped = (value: string): string => value.replaceAll(/[,+"\\<>;=]/g, '\\$&');

describe('the certificate that a charger shows', () => {
  it('a certificate of our authority is the one of the charger that it was issued to, until it expires', () => {
    const shown = { ...ours, fingerprint: 'AB'.repeat(32) };
    expect(isCertificateOf(shown, holder, now)).toBe(true);
    expect(isCertificateOf(shown, { ...holder, issued: [] }, now)).toBe(false);
    expect(isCertificateOf({ ...shown, fingerprint: 'cd'.repeat(32) }, holder, now)).toBe(false);
    expect(isCertificateOf(shown, holder, Date.parse(issued.notAfter))).toBe(false);
  });

  it('one of our authority that was not issued to the charger is not its own, whatever name it has', () => {
    const shown = { ...ours, fingerprint: '00'.repeat(32) };
    expect(isCertificateOf(shown, holder, now)).toBe(false);
    expect(isCertificateOf({ ...shown, issuer: '' }, holder, now)).toBe(false);
  });

  it('one of another authority is the one of the charger whose id is its only common name, however the name is written', () => {
    const text = fc
      .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 })
      .map((one) => one.trim())
      .filter((one) => one !== '' && !one.startsWith('#'));
    fc.assert(
      fc.property(text, text, text, (chargerId, organization, other) => {
        const verdict = (subject: string) =>
          isCertificateOf(
            { fingerprint: '', subject, issuer: 'CN=Own CA' },
            { chargerId, issued: [], authority },
            now,
          );
        const [own, foreign] = [
          `CN=${escaped(chargerId)}`,
          `O=${escaped(`${organization},CN=${other}`)}`,
        ];
        expect(verdict(`${own},${foreign}`)).toBe(true);
        expect(verdict(`${foreign}, ${own}`)).toBe(true);
        expect(verdict(`${own},CN=${escaped(other)}`)).toBe(false);
        expect(verdict(`O=${escaped(`x,CN=${chargerId}`)}`)).toBe(false);
        expect(verdict(`CN=${escaped(`${chargerId}x`)}`)).toBe(false);
      }),
    );
  });
});
