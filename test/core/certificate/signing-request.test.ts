import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSigningRequest } from '../../../core/certificate/check-signing-request.ts';
import { readPem, writePem } from '../../../core/certificate/pem.ts';
import { readSigningRequest } from '../../../core/certificate/signing-request.ts';
import { checkKey } from '../../../lambdas/authority/check-key.ts';
import { makeRequest, newPair } from './make-request.ts';

const applicant = {
  chargerId: 'CP-1',
  serialNumber: 'SN 4711',
  organizations: ['Stadtwerke Süd', 'stadtwerke-sued'],
};
const pair = newPair();
const verdictOn = (parts: Parameters<typeof makeRequest>[0]) =>
  checkSigningRequest(makeRequest({ pair, ...parts }), applicant, checkKey);
const refusal = (reason: RegExp) => ({ kind: 'refused', reason: expect.stringMatching(reason) });

/** A request that openssl 3.0 wrote: `openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -subj "/CN=CP001/O=Stadtwerke"`. */
const byOpenssl = `-----BEGIN CERTIFICATE REQUEST-----
MIHeMIGHAgEAMCUxDjAMBgNVBAMMBUNQMDAxMRMwEQYDVQQKDApTdGFkdHdlcmtl
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEeh4Hxd4OhEhi6uT1XVJ0ONg0Coz1
+Z0Ek5yjCYs+LUQAIf7fmbADqzx0PYimAjVybdfcUjq5WuhI/wfrBDEOZaAAMAoG
CCqGSM49BAMCA0YAMEMCIALbNur/+s7G2D/Ya4WK5H+qFpNK/xEPIu5oFnUbAYQD
Ah8Uk1saSJPhipnwV7wWjoDDaFNqtSDqekoQNSe8gvV7
-----END CERTIFICATE REQUEST-----`;

describe('requests of chargers for a certificate', () => {
  it('a request is fit that names its charger, by its id in any case or by its serial number, and its operator, by name or slug', () => {
    for (const name of ['CP-1', 'cp-1', 'SN 4711']) {
      for (const organization of ['Stadtwerke Süd', 'STADTWERKE SÜD', 'stadtwerke-sued']) {
        expect(verdictOn({ names: [name], organizations: [organization] }).kind).toBe('fit');
      }
    }
  });

  it('a request that names another charger, several, none, or another operator is refused, and the reason says what it has to name', () => {
    const organizations = ['Stadtwerke Süd'];
    const byName = refusal(/common name must be "CP-1" or "SN 4711"/);
    expect(verdictOn({ names: ['CP-2'], organizations })).toEqual(byName);
    expect(verdictOn({ names: ['CP-1', 'CP-2'], organizations })).toEqual(byName);
    expect(verdictOn({ names: [], organizations })).toEqual(byName);
    const byOrganization = refusal(/organization must be "Stadtwerke Süd" or "stadtwerke-sued"/);
    expect(verdictOn({ names: ['CP-1'], organizations: ['Other'] })).toEqual(byOrganization);
    expect(verdictOn({ names: ['CP-1'] })).toEqual(byOrganization);
  });

  it('a reason ends a long name with a whole character', () => {
    const long = { ...applicant, organizations: [`${'S'.repeat(63)}\u{1f697}`] };
    const request = makeRequest({ pair, names: ['CP-1'], organizations: ['Other'] });

    expect(checkSigningRequest(request, long, checkKey)).toEqual(
      refusal(new RegExp(`must be "${'S'.repeat(63)}",`)),
    );
  });

  it('a request in which any byte was changed is refused, or certifies the very subject and key that were signed', () => {
    const der = readPem(makeRequest({ pair, names: ['CP-1'], organizations: ['Stadtwerke Süd'] }), [
      'CERTIFICATE REQUEST',
    ]);
    if (der === undefined) throw new Error('no request');
    const original = readSigningRequest(writePem('CERTIFICATE REQUEST', der));
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: der.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, by) => {
          const changed = der.slice();
          changed[at] = (changed[at] ?? 0) ^ by;
          const text = writePem('CERTIFICATE REQUEST', changed);
          const verdict = checkSigningRequest(text, applicant, checkKey);
          // The lengths around it are no part of what is signed.
          if (verdict.kind === 'fit') expect(verdict.request.signed).toEqual(original?.signed);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('any text that is no request is refused in one sentence', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 300 }),
          fc.uint8Array({ maxLength: 300 }).map((bytes) => writePem('CERTIFICATE REQUEST', bytes)),
        ),
        (text) => {
          expect(checkSigningRequest(text, applicant, checkKey)).toEqual(refusal(/PKCS #10/));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('a request of openssl is read, with the label that older versions wrote as well', () => {
    const read = readSigningRequest(byOpenssl);
    expect(read).toMatchObject({ commonNames: ['CP001'], organizations: ['Stadtwerke'] });
    expect(read && checkKey(read)).toBeUndefined();
    const older = byOpenssl.replaceAll('CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST');
    expect(readSigningRequest(older)).toEqual(read);
  });

  it('PEM is read as it was written, whatever its length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
        const text = writePem('CERTIFICATE', bytes);
        expect(text.split('\n')[1]?.length).toBeLessThanOrEqual(64);
        expect(Buffer.from(readPem(text, ['CERTIFICATE']) ?? [])).toEqual(Buffer.from(bytes));
      }),
    );
  });
});
