import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommandForm } from '../../../lambdas/api/commands/command-form.ts';
import {
  faultOfCertificate,
  faultyCertificate,
} from '../../../lambdas/connection/fault-of-certificate.ts';
import { ecRoot, rsaRoot } from '../../core/command/root-certificates.ts';

const validFrom = Date.UTC(2026, 10, 29, 13, 44, 12);
const validTo = Date.UTC(2126, 10, 5, 13, 44, 12);
const hour = 3_600_000;

const codeOf = (pem: string, now = validFrom) => faultOfCertificate(pem, now)?.code;

const commandsWith = (pem: string) =>
  [
    { type: 'install-certificate', use: 'central-system-root', certificate: pem },
    { type: 'deliver-certificate', chain: `${rsaRoot}\n${pem}` },
    {
      type: 'update-firmware',
      url: 'https://files.example/a.bin',
      signed: { certificate: pem, signature: 'c2lnbmVk', requestId: 1 },
    },
  ].map((form) => CommandForm.parse(form));

describe('a certificate that is sent to a charger', () => {
  it('a certificate is taken with any line breaks, and with blanks around it', () => {
    for (const pem of [ecRoot, rsaRoot, `\n${ecRoot.replaceAll('\n', '\r\n')}\n\n`]) {
      expect(codeOf(pem, validFrom + hour)).toBeUndefined();
    }
  });

  it('a text that is not one whole certificate is refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(codeOf(text)).toBe('CERTIFICATE_UNREADABLE');
      }),
    );
    // All of its lines stand in one certificate, each of which is needed.
    const lines = ecRoot.split('\n');
    for (const n of lines.keys()) {
      expect(codeOf(lines.toSpliced(n, 1).join('\n'))).toBe('CERTIFICATE_UNREADABLE');
    }
    const key = ecRoot.replaceAll('CERTIFICATE', 'PRIVATE KEY');
    for (const other of [key, `${ecRoot}\n${rsaRoot}`, `Subject: CN=Root\n${ecRoot}`, 'PEM', '']) {
      expect(codeOf(other)).toBe('CERTIFICATE_UNREADABLE');
    }
  });

  it('a certificate is refused once it has expired, and more than an hour before it is valid', () => {
    expect(codeOf(ecRoot, validTo)).toBeUndefined();
    expect(codeOf(ecRoot, validTo + 1)).toBe('CERTIFICATE_EXPIRED');
    expect(codeOf(ecRoot, validFrom - hour)).toBeUndefined();
    expect(faultOfCertificate(ecRoot, validFrom - hour - 1)).toEqual({
      code: 'CERTIFICATE_NOT_YET_VALID',
      message: 'The certificate is valid from 2026-11-29T13:44:12.000Z on.',
    });
  });

  it('each command that brings a certificate is held to this, and names the place', () => {
    for (const form of commandsWith(ecRoot)) {
      expect(faultyCertificate(form, validFrom + hour)).toBeUndefined();
    }
    expect(commandsWith('PEM').map((form) => faultyCertificate(form, validFrom + hour))).toEqual(
      ['certificate', 'chain', 'signed.certificate'].map((field) => ({
        code: 'CERTIFICATE_UNREADABLE',
        field,
        message: 'The value must be one X.509 certificate in PEM, with nothing around it.',
      })),
    );
    const chain = CommandForm.parse({ type: 'deliver-certificate', chain: '\n' });
    expect(faultyCertificate(chain, validFrom)?.code).toBe('CERTIFICATE_UNREADABLE');
  });

  it('the certificate of a firmware is needed until the firmware was retrieved and installed: it is refused where it expires before', () => {
    const times = fc.integer({ min: validTo - 3 * hour, max: validTo + 3 * hour });
    fc.assert(
      fc.property(times, fc.option(times), fc.option(times), (now, retrieved, installed) => {
        const [retrieveAt, installAt] = [retrieved, installed].map((time) =>
          time === null ? undefined : new Date(time).toISOString(),
        );
        const form = CommandForm.parse({
          type: 'update-firmware',
          url: 'https://files.example/a.bin',
          retrieveAt,
          signed: { certificate: ecRoot, signature: 'c2lnbmVk', requestId: 1, installAt },
        });
        const last = Math.max(now, retrieved ?? now, installed ?? now);
        expect(faultyCertificate(form, now)?.code).toBe(
          last > validTo ? 'CERTIFICATE_EXPIRED' : undefined,
        );
      }),
    );
    const late = new Date(validTo + hour).toISOString();
    expect(faultOfCertificate(ecRoot, validTo, [late])?.message).toBe(
      'The certificate is valid until 2126-11-05T13:44:12.000Z, and is needed at 2126-11-05T14:44:12.000Z.',
    );
  });
});
