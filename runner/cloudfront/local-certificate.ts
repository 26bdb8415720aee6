import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate for 127.0.0.1, which nobody has issued: whoever connects has to trust it. */
export type LocalCertificate = {
  /** PEM, both. */
  readonly key: string;
  readonly certificate: string;
  /** The file that has the certificate, without its key. */
  readonly file: string;
};

/** It is for one machine, and for no longer than its data directory. */
const validMilliseconds = 10 * 365 * 86_400_000;

/** The certificate of a data directory: made once, and the same after a restart, so that it is trusted once. */
export async function openLocalCertificate(dataDirectory: string): Promise<LocalCertificate> {
  const folder = join(dataDirectory, 'tls');
  const [keyFile, file] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  // The certificate is written last: where it is, so is its key.
  if (!existsSync(file)) {
    const { generate } = await import('selfsigned');
    const now = Date.now();
    const made = await generate([{ name: 'commonName', value: 'localhost' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      notBeforeDate: new Date(now - 86_400_000),
      notAfterDate: new Date(now + validMilliseconds),
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
        { name: 'extKeyUsage', serverAuth: true },
        {
          name: 'subjectAltName',
          altNames: [
            { type: 2, value: 'localhost' },
            { type: 7, ip: '127.0.0.1' },
          ],
        },
      ],
    });
    mkdirSync(folder, { recursive: true });
    writeFileSync(keyFile, made.private, { mode: 0o600 });
    writeFileSync(file, made.cert);
  }
  return { key: readFileSync(keyFile, 'utf8'), certificate: readFileSync(file, 'utf8'), file };
}
