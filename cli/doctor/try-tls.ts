import { connect, type SecureVersion } from 'node:tls';

/** A host that takes TLS, as a charger reaches it. */
export type TlsHost = {
  /** URL with the scheme `wss`. */
  readonly url: string;
  /** A certificate, PEM, that is trusted although nobody has issued it. */
  readonly certificate?: string | undefined;
};

type Offer = { readonly ciphers: string; readonly versions: [SecureVersion, SecureVersion] };

/** The suites that OCPP has a central system take (TC_086, TC_A_04), by their names in OpenSSL: a charger has the two of one line at least. */
const suitesOfOcpp = {
  'ECDHE-ECDSA-AES128-GCM-SHA256': 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384': 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'AES128-GCM-SHA256': 'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'AES256-GCM-SHA384': 'TLS_RSA_WITH_AES_256_GCM_SHA384',
};

// This machine would not offer them otherwise, and that would look as if the host refused them.
const olderThanOcppTakes: Offer = { ciphers: 'DEFAULT@SECLEVEL=0', versions: ['TLSv1', 'TLSv1.1'] };
const patienceMs = 30_000;

/**
 * Offers a host each suite of OCPP alone, and TLS older than 1.2: gives what it took in a sentence. Throws one where it takes no suite of OCPP,
 * so that a charger with those alone is locked out, and where it cannot be reached.
 */
export const tryTls = async (host: TlsHost): Promise<string> => {
  const taken: string[] = [];
  const refused: string[] = [];
  for (const [ciphers, name] of Object.entries(suitesOfOcpp)) {
    const takes = await isTaken(host, { ciphers, versions: ['TLSv1.2', 'TLSv1.2'] });
    (takes ? taken : refused).push(name);
  }
  if (taken.length === 0) {
    throw new Error(
      `None of the suites is taken that OCPP asks chargers for (${refused.join(', ')}): see chargerTlsPolicy in docs/deploy.md.`,
    );
  }
  const older = (await isTaken(host, olderThanOcppTakes)) ? 'is taken too' : 'is refused';
  const without = refused.length === 0 ? '' : `, not with ${refused.join(', ')}`;
  return `TLS 1.2 with ${taken.join(', ')}${without}; TLS 1.0 or 1.1 ${older}`;
};

const isTaken = ({ url, certificate }: TlsHost, { ciphers, versions }: Offer): Promise<boolean> => {
  const { hostname: host, port } = new URL(url);
  const [minVersion, maxVersion] = versions;
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(port || 443),
      ciphers,
      minVersion,
      maxVersion,
      ...(certificate !== undefined && { ca: certificate }),
    });
    const end = (settle: () => void): void => {
      socket.destroy();
      settle();
    };
    const fail = (reason: string): void =>
      end(() => reject(new Error(`${host} does not answer: ${reason}.`)));
    socket.setTimeout(patienceMs, () => fail('it is silent'));
    socket.on('secureConnect', () => end(() => resolve(true)));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      isRefusal(error) ? end(() => resolve(false)) : fail(error.message),
    );
  });
};

/** Whether the host came as far as TLS, and broke off there: an alert, or a connection that it closed. */
const isRefusal = ({ code = '' }: NodeJS.ErrnoException): boolean =>
  code === 'ECONNRESET' || code === 'EPROTO' || code.startsWith('ERR_SSL_');
