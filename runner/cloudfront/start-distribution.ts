import { createServer, type IncomingMessage } from 'node:http';
import type { UpgradeOrigin } from '../gateway/arrived-request.ts';
import { listen } from '../gateway/listen.ts';
import { unsupportedValue } from '../gateway/unsupported-value.ts';
import type { RunningPart, StackContext } from '../runner-interfaces.ts';
import type { DistributionDefinition } from './distribution-definition.ts';
import { edgeAnswer, sendAnswer, sendAnswerToSocket } from './edge-answer.ts';
import { loadEdgeFunction } from './edge-function.ts';
import { createForwardUpgrade } from './forward-upgrade.ts';
import { type Passage, passEdge } from './pass-edge.ts';

/** A distribution of the template, listening. */
export type DistributionServer = RunningPart & { readonly port: number };

/** Starts a distribution in front of a WebSocket API; port 0 asks for one that is free. Refuses with `PORT_IN_USE`. */
export async function startDistribution(
  distribution: DistributionDefinition,
  origins: readonly UpgradeOrigin[],
  { count }: Pick<StackContext, 'count'>,
  port: number,
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

  const server = createServer((incoming, response) => {
    // A WebSocket API answers nothing but handshakes.
    void pass(incoming).then((passage) =>
      sendAnswer(response, passage.kind === 'answered' ? passage.answer : edgeAnswer(426)),
    );
  });
  server.on('upgrade', (incoming, socket, head) => {
    void pass(incoming).then((passage) =>
      passage.kind === 'answered'
        ? sendAnswerToSocket(socket, passage.answer)
        : forward(passage.request, socket, head),
    );
  });
  return {
    port: await listen(server, port),
    // Open WebSockets are for their API to close.
    stop: () => {
      server.close();
      server.closeAllConnections();
      return Promise.resolve();
    },
  };
}
