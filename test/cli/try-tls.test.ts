import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, it } from 'vitest';
import { tryTls } from '../../cli/doctor/try-tls.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const listen = async (server: Server): Promise<string> => {
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `wss://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** A host whose certificate has a key of a type, and that takes what the options say. */
const hostWith = async (keyType: 'ec' | 'rsa', options: TlsOptions = {}) => {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType,
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  const server = createServer({ key: made.private, cert: made.cert, ...options });
  // A client that hangs up is no trouble of the server.
  server.on('tlsClientError', () => {});
  return { url: await listen(server), certificate: made.cert };
};

describe('TLS of the charger host, as a charger that conforms to OCPP tries it', () => {
  it('the suites with RSA key exchange are taken by a host that has them and an RSA certificate', async () => {
    const host = await hostWith('rsa', { ciphers: 'AES128-GCM-SHA256:AES256-GCM-SHA384' });

    expect(await tryTls(host)).toBe(
      'TLS 1.2 with TLS_RSA_WITH_AES_128_GCM_SHA256, TLS_RSA_WITH_AES_256_GCM_SHA384, not with TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384; TLS 1.0 or 1.1 is refused',
    );
  });

  it('the suites of ECDSA are taken by a host with such a certificate', async () => {
    expect(await tryTls(await hostWith('ec'))).toMatch(
      /^TLS 1\.2 with TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, not with TLS_RSA_/,
    );
  });

  it('a host that asks an RSA certificate and forward secrecy locks out a charger that has what OCPP asks for alone', async () => {
    const host = await hostWith('rsa', { ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' });

    await expect(tryTls(host)).rejects.toThrow(
      /^None of the suites is taken that OCPP asks chargers for .*chargerTlsPolicy/,
    );
  });

  it('a host that takes an older TLS, which OCPP forbids, is seen to', async () => {
    const host = await hostWith('ec', { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' });

    expect(await tryTls(host)).toMatch(/; TLS 1\.0 or 1\.1 is taken too$/);
  });

  it('a host that hangs up takes nothing', async () => {
    const url = await listen(createTcpServer((socket) => socket.destroy()));

    await expect(tryTls({ url })).rejects.toThrow(/None of the suites is taken/);
  });

  it('a host that is not there, or whose certificate nobody trusts, is no refusal of a suite', async () => {
    const { url } = await hostWith('ec');

    await expect(tryTls({ url })).rejects.toThrow(/^127\.0\.0\.1 does not answer: self-signed/);
    await expect(tryTls({ url: 'wss://127.0.0.1:9' })).rejects.toThrow(/ECONNREFUSED/);
  });
});
