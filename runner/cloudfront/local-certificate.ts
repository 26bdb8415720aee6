import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unusableFile } from '../data-directory-refusal.ts';
import { readDataFile } from '../read-data-file.ts';

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

/**
 * The certificate of a data directory: made once, and the same after a restart, so that it is trusted once; made again where it
 * or its key is missing. Refuses with `DATA_DIRECTORY_UNUSABLE` files that hold something else.
 */
export async function openLocalCertificate(dataDirectory: string): Promise<LocalCertificate> {
  const folder = join(dataDirectory, 'tls');
  const [keyFile, file] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  // One without the other is of no use to anybody.
  if (!existsSync(file) || !existsSync(keyFile)) {
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
  const [key, certificate] = [readDataFile(keyFile), readDataFile(file)];
  checkPair({ keyFile, key }, { file, certificate });
  return { key, certificate, file };
}

/** TLS would refuse them in the words of OpenSSL, or offer no certificate to anybody where a file is empty. */
function checkPair(
  { keyFile, key }: { readonly keyFile: string; readonly key: string },
  { file, certificate }: { readonly file: string; readonly certificate: string },
): void {
  const read = parsed(() => new X509Certificate(certificate));
  if (read === undefined) throw unusableFile(file, 'no certificate');
  const secret = parsed(() => createPrivateKey(key));
  if (secret === undefined || !read.checkPrivateKey(secret)) {
    throw unusableFile(keyFile, 'no private key of the certificate beside it');
  }
}

function parsed<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
