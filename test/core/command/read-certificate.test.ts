import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certificateHash, isNamed } from '../../../core/command/certificate-hash.ts';
import { readRootCertificate } from '../../../core/command/read-certificate.ts';
import { ecRoot, namesOfRoots, rsaRoot } from './root-certificates.ts';

const read = (pem: string) => {
  const certificate = readRootCertificate(pem);
  if (certificate === undefined) throw new Error('not a root certificate');
  return certificate;
};

describe('the name of a root certificate', () => {
  it.each([
    ['ec', ecRoot],
    ['rsa', rsaRoot],
  ] as const)('a root of %s is named as openssl names it', (kind, pem) => {
    const { issuerNameHash, issuerKeyHash } = certificateHash(read(pem));
    expect([issuerNameHash, issuerKeyHash].map((hash) => hash.toUpperCase())).toEqual([
      namesOfRoots[kind].issuerNameHash,
      namesOfRoots[kind].issuerKeyHash,
    ]);
    expect(isNamed(read(pem), namesOfRoots[kind])).toBe(true);
  });

  it('a charger may name it by any hash, in any case, and with zeros in front of the serial number', () => {
    for (const algorithm of ['SHA256', 'SHA384', 'SHA512'] as const) {
      const { issuerNameHash, issuerKeyHash, serialNumber } = certificateHash(
        read(ecRoot),
        algorithm,
      );
      const shouted = {
        algorithm,
        issuerNameHash: issuerNameHash.toUpperCase(),
        issuerKeyHash,
        serialNumber: `00${serialNumber.toUpperCase()}`,
      };
      expect(isNamed(read(ecRoot), shouted)).toBe(true);
    }
  });

  it('another certificate is not meant: not one of another serial number, issuer or key', () => {
    expect(isNamed(read(rsaRoot), namesOfRoots.ec)).toBe(false);
    expect(isNamed(read(ecRoot), { ...namesOfRoots.ec, serialNumber: 'A1B2C4' })).toBe(false);
    expect(isNamed(read(ecRoot), { ...namesOfRoots.ec, issuerKeyHash: 'AB' })).toBe(false);
    expect(isNamed(read(ecRoot), { ...namesOfRoots.ec, issuerNameHash: 'AB' })).toBe(false);
  });

  it('whatever is cut off or damaged is no certificate or another one, and never breaks the reading', () => {
    const place = fc.nat({ max: ecRoot.length - 1 });
    fc.assert(
      fc.property(place, fc.constantFrom('A', '/', '-', ''), (at, put) => {
        const damaged = ecRoot.slice(0, at) + put + ecRoot.slice(at + 1);
        const found = readRootCertificate(damaged);
        if (found !== undefined) expect(found.publicKey.length).toBeGreaterThanOrEqual(0);
        expect(readRootCertificate(ecRoot.slice(0, at))).toBeUndefined();
      }),
    );
    expect(readRootCertificate('')).toBeUndefined();
    expect(readRootCertificate(`${ecRoot}\n${rsaRoot}`)).toBeUndefined();
  });
});
