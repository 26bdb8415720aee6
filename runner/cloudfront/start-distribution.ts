import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { UpgradeOrigin } from '../gateway/arrived-request.ts';
import { listen, listenAt, type WantedPort } from '../gateway/listen.ts';
import { unsupportedValue } from '../gateway/unsupported-value.ts';
import type { RunningPart, StackContext } from '../runner-interfaces.ts';
import type { DistributionDefinition } from './distribution-definition.ts';
import { edgeAnswer, sendAnswer, sendAnswerToSocket } from './edge-answer.ts';
import { loadEdgeFunction } from './edge-function.ts';
import { createForwardUpgrade } from './forward-upgrade.ts';
import type { LocalCertificate } from './local-certificate.ts';
import { type Passage, passEdge } from './pass-edge.ts';

/** A distribution of the template, listening. */
export type DistributionServer = RunningPart & {
  readonly port: number;
  /** The port with TLS; undefined where it was not asked for. */
  readonly securePort: number | undefined;
};

/** A port with TLS, and its certificate. */
export type SecurePort = { readonly port: WantedPort; readonly certificate: LocalCertificate };

/**
 * Starts a distribution in front of a WebSocket API, without TLS and, where it is asked for, with it; port 0 asks for one that is free.
 * Refuses with `PORT_IN_USE`.
 */
export async function startDistribution(
  distribution: DistributionDefinition,
  origins: readonly UpgradeOrigin[],
  { count }: Pick<StackContext, 'count'>,
  port: number,
  secure?: SecurePort,
): Promise<DistributionServer> {
  const { address, originDomainName, viewerRequest } = distribution;
  const origin = origins.find(({ domainName }) => domainName === originDomainName);
  if (origin === undefined) {
    throw unsupportedValue(address, 'Origins.DomainName', originDomainName);
  }
  const edgeFunction = viewerRequest && loadEdgeFunction(viewerRequest.code, viewerRequest.address);

  const forward = createForwardUpgrade(origin, distribution);

  const pass = async (incoming: IncomingMessage): Promise<Passage> => {
    const units = { request: 1 };
    count({ service: 'cloudfront', operation: 'Request', caller: address, units });
    if (edgeFunction !== undefined) {
      count({ service: 'cloudfront', operation: 'Function', caller: address, units });
    }
    return await passEdge(incoming, distribution, edgeFunction);
  };

  const answer: RequestListener = (incoming, response) => {
    // A WebSocket API answers nothing but handshakes.
    void pass(incoming).then((passage) =>
      sendAnswer(response, passage.kind === 'answered' ? passage.answer : edgeAnswer(426)),
    );
  };
  const upgrade = (incoming: IncomingMessage, socket: Duplex, head: Buffer): void => {
    void pass(incoming).then((passage) =>
      passage.kind === 'answered'
        ? sendAnswerToSocket(socket, passage.answer)
        : forward(passage.request, socket, head),
    );
  };
  const plain = createServer(answer).on('upgrade', upgrade);
  const servers: Server[] = [plain];
  const plainPort = await listen(plain, port);
  let securePort: number | undefined;
  if (secure !== undefined) {
    const { key, certificate: cert } = secure.certificate;
    const server = createSecureServer({ key, cert }, answer).on('upgrade', upgrade);
    servers.push(server);
    securePort = await listenAt(server, secure.port);
  }
  return {
    port: plainPort,
    securePort,
    // Open WebSockets are for their API to close.
    stop: () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
      return Promise.resolve();
    },
  };
}
