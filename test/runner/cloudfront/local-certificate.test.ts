import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { openLocalCertificate } from '../../../runner/cloudfront/local-certificate.ts';

const newDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'joulegate-tls-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
};

/** Whether a client that trusts these certificates connects to a server with a certificate; the reason where it does not. */
const connects = async (own: { key: string; certificate: string }, trusted: string) => {
  const server = createServer({ key: own.key, cert: own.certificate });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return await new Promise<string>((done) => {
    const socket = connect({ host: '127.0.0.1', port, ca: trusted }, () => {
      socket.destroy();
      done('connected');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
  });
};

test('the certificate of a data directory is for 127.0.0.1, and trusted by who trusts itself and by nobody else', async () => {
  const own = await openLocalCertificate(newDirectory());
  const other = await openLocalCertificate(newDirectory());

  expect(await connects(own, own.certificate)).toBe('connected');
  expect(await connects(own, other.certificate)).not.toBe('connected');
});

test('a restart has the same certificate, so that it is trusted once, and its key is for its owner alone', async () => {
  const directory = newDirectory();
  const before = await openLocalCertificate(directory);

  expect(await openLocalCertificate(directory)).toEqual(before);
  expect(statSync(join(directory, 'tls', 'key.pem')).mode & 0o077).toBe(0);
});

/** Ways in which a file may be damaged: as a power failure leaves it, or with a folder in its place. */
const damages: Readonly<Record<string, (file: string) => void>> = {
  'has nothing in it': (file) => writeFileSync(file, ''),
  'is cut off': (file) => {
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, whole.slice(0, whole.length / 2));
  },
  'has zeros in it': (file) => writeFileSync(file, Buffer.alloc(500)),
  'is a folder': (file) => {
    rmSync(file);
    mkdirSync(file);
  },
};

test.each(
  ['certificate.pem', 'key.pem'].flatMap((name) =>
    Object.keys(damages).map((damage) => [name, damage] as const),
  ),
)('a %s that %s is refused by its name', async (name, damage) => {
  const directory = newDirectory();
  await openLocalCertificate(directory);
  const file = join(directory, 'tls', name);
  damages[damage]?.(file);

  await expect(openLocalCertificate(directory)).rejects.toMatchObject({
    code: 'DATA_DIRECTORY_UNUSABLE',
    message: expect.stringMatching(`^The file ${file} .*; restore or remove it\\.$`),
  });
});

test('the key of another certificate is refused by its name', async () => {
  const [directory, other] = [newDirectory(), newDirectory()];
  for (const one of [directory, other]) await openLocalCertificate(one);
  copyFileSync(join(other, 'tls', 'key.pem'), join(directory, 'tls', 'key.pem'));

  await expect(openLocalCertificate(directory)).rejects.toMatchObject({
    code: 'DATA_DIRECTORY_UNUSABLE',
    message: expect.stringContaining('key.pem holds no private key of the certificate beside it'),
  });
});

test.each(['certificate.pem', 'key.pem'])(
  'a certificate is made again where its %s was removed',
  async (name) => {
    const directory = newDirectory();
    const before = await openLocalCertificate(directory);
    rmSync(join(directory, 'tls', name));

    const own = await openLocalCertificate(directory);
    expect(own.certificate).not.toBe(before.certificate);
    expect(await connects(own, own.certificate)).toBe('connected');
    expect(statSync(join(directory, 'tls', 'key.pem')).mode & 0o077).toBe(0);
  },
);
