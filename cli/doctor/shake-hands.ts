import { WebSocket } from 'ws';

/** A handshake as a charger would make it. */
export type HandshakeAttempt = {
  /** The whole URL, with the identity in its path. */
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  readonly protocols: readonly string[];
  /** A certificate, PEM, that is trusted although nobody has issued it. */
  readonly certificate?: string | undefined;
};

/** Outcome of a handshake; the caller closes an open connection. */
export type HandshakeOutcome =
  | { readonly kind: 'open'; readonly socket: WebSocket; readonly protocol: string }
  | { readonly kind: 'refused'; readonly status: number };

const patienceMs = 30_000;

/** Makes a handshake; rejects when there is neither a WebSocket nor an HTTP status. */
export const shakeHands = ({
  url,
  user,
  password = '',
  protocols,
  certificate,
}: HandshakeAttempt): Promise<HandshakeOutcome> =>
  new Promise((resolve, reject) => {
    const basic = Buffer.from(`${user ?? ''}:${password}`).toString('base64');
    const socket = new WebSocket(url, [...protocols], {
      handshakeTimeout: patienceMs,
      perMessageDeflate: false,
      ...(certificate !== undefined && { ca: certificate }),
      headers: user === undefined ? {} : { Authorization: `Basic ${basic}` },
    });
    socket.on('open', () => resolve({ kind: 'open', socket, protocol: socket.protocol }));
    socket.on('unexpected-response', (request, response) => {
      resolve({ kind: 'refused', status: response.statusCode ?? 0 });
      request.destroy();
    });
    socket.on('error', ({ message }) => reject(new Error(`${url} does not answer: ${message}.`)));
  });

/** Makes a handshake that has to be refused with a status. */
export const expectRefusal = async (attempt: HandshakeAttempt, status: number): Promise<string> => {
  const outcome = await shakeHands(attempt);
  if (outcome.kind === 'open') {
    outcome.socket.close();
    throw new Error(`The handshake was accepted instead of being refused with ${status}.`);
  }
  if (outcome.status !== status) {
    throw new Error(`The handshake was refused with ${outcome.status} instead of ${status}.`);
  }
  return `refused with ${status}`;
};

/** Makes a handshake that has to be accepted with a subprotocol. */
export const expectConnection = async (
  attempt: HandshakeAttempt,
  protocol: string,
): Promise<WebSocket> => {
  const outcome = await shakeHands(attempt);
  if (outcome.kind === 'refused') {
    throw new Error(`The handshake was refused with ${outcome.status}.${hintFor(outcome.status)}`);
  }
  if (outcome.protocol !== protocol) {
    outcome.socket.close();
    throw new Error(
      `The stack chose the subprotocol "${outcome.protocol}" instead of ${protocol}.`,
    );
  }
  return outcome.socket;
};

// CloudFront answers so when its function does not compile or throws.
const hintFor = (status: number): string =>
  status === 503 ? ' CloudFront may not be able to run its function: see docs/doctor.md.' : '';
