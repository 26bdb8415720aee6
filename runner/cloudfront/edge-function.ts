import { Script } from 'node:vm';
import { StartRefusal } from '../start-refusal.ts';
import { isJsonObject, type JsonObject } from '../template/json-object.ts';
import type { EdgeRequest } from './edge-event.ts';
import { createEdgeRealm } from './edge-realm.ts';
import { edgeSyntaxFaults } from './edge-syntax.ts';

/** The result of a CloudFront function for a request. */
type EdgeResult =
  | { readonly kind: 'request'; readonly request: JsonObject }
  | { readonly kind: 'response'; readonly status: number; readonly response: JsonObject }
  | { readonly kind: 'failed'; readonly reason: string };

/** Surroundings of a request, as an event carries them. */
type EdgeSurroundings = {
  readonly distributionDomainName: string;
  readonly distributionId: string;
  readonly requestId: string;
  readonly viewerIp: string;
};

/** Runs a function in front of a distribution on one request. */
export type EdgeFunction = (
  request: EdgeRequest,
  surroundings: EdgeSurroundings,
) => Promise<EdgeResult>;

// A function has about a millisecond there; this only stops one that never ends, however busy this machine is.
const timeout = 2_000;

/**
 * Loads a function of the runtime cloudfront-js-2.0 into a realm of its own. Refuses with `EDGE_FUNCTION_BROKEN` what
 * that runtime would not compile, though Node does; `address` names the function.
 */
export function loadEdgeFunction(code: string, address: string): EdgeFunction {
  const realm = createEdgeRealm();
  const call = compile(code, address, realm);
  return async (request, { distributionDomainName, distributionId, requestId, viewerIp }) => {
    const event = {
      version: '1.0',
      context: {
        distributionDomainName,
        distributionId,
        eventType: 'viewer-request',
        requestId,
      },
      viewer: { ip: viewerIp },
      request,
    };
    try {
      realm['eventText'] = JSON.stringify(event);
      return readResult(JSON.parse(String(await call.runInContext(realm, { timeout }))));
    } catch (error) {
      return { kind: 'failed', reason: String(error) };
    }
  };
}

function compile(code: string, address: string, realm: JsonObject): Script {
  const faults = edgeSyntaxFaults(code);
  if (faults.length > 0) {
    throw new StartRefusal(
      'EDGE_FUNCTION_BROKEN',
      `${address} does not compile in cloudfront-js-2.0: ${faults.join('; ')}.`,
    );
  }
  try {
    // Functions run in strict mode there, without saying so.
    new Script(`'use strict';${code}`, { filename: address }).runInContext(realm, { timeout });
  } catch (error) {
    throw new StartRefusal(
      'EDGE_FUNCTION_BROKEN',
      `${address} does not load in cloudfront-js-2.0: ${String(error)}.`,
    );
  }
  // Texts cross the border of the realm, so that no object of either side reaches the other.
  return new Script(
    'Promise.resolve(handler(JSON.parse(eventText))).then((result) => JSON.stringify(result))',
  );
}

function readResult(result: unknown): EdgeResult {
  if (!isJsonObject(result)) {
    return { kind: 'failed', reason: 'The function returned neither a request nor a response' };
  }
  const { statusCode, uri } = result;
  if (statusCode !== undefined) {
    const status = Number(statusCode);
    return Number.isInteger(status) && status >= 200 && status <= 599
      ? { kind: 'response', status, response: result }
      : { kind: 'failed', reason: `The function returned the status ${String(statusCode)}` };
  }
  return typeof uri === 'string' && uri.startsWith('/')
    ? { kind: 'request', request: result }
    : { kind: 'failed', reason: 'The function returned a request without a path' };
}
