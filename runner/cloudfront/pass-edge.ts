import type { IncomingMessage } from 'node:http';
import {
  type ArrivedRequest,
  type Header,
  headersOf,
  sourceIpOf,
} from '../gateway/arrived-request.ts';
import { newGatewayId } from '../gateway/gateway-id.ts';
import type { JsonObject } from '../template/json-object.ts';
import type { DistributionDefinition } from './distribution-definition.ts';
import { type EdgeAnswer, edgeAnswer, functionAnswer } from './edge-answer.ts';
import { edgeRequest, pairsOf, targetOf } from './edge-event.ts';
import type { EdgeFunction } from './edge-function.ts';

/** The outcome for a request at the edge. */
export type Passage =
  | { readonly kind: 'passed'; readonly request: ArrivedRequest }
  | { readonly kind: 'answered'; readonly answer: EdgeAnswer };

/** Leads a request past the behaviour of a distribution and the function in front of it, towards the origin. */
export async function passEdge(
  incoming: IncomingMessage,
  distribution: DistributionDefinition,
  edgeFunction: EdgeFunction | undefined,
): Promise<Passage> {
  const { method = '', url = '/' } = incoming;
  if (!distribution.allowedMethods.includes(method)) {
    return { kind: 'answered', answer: edgeAnswer(403) };
  }
  const sent = headersOf(incoming);
  if (edgeFunction === undefined) {
    return passed(incoming, distribution, url, sent);
  }
  const result = await edgeFunction(edgeRequest(method, url, sent), {
    distributionDomainName: distribution.domainName,
    distributionId: distribution.distributionId,
    requestId: newGatewayId(),
    viewerIp: sourceIpOf(incoming),
  });
  switch (result.kind) {
    case 'request': {
      const target = targetOf(String(result.request['uri']), result.request['querystring']);
      return passed(incoming, distribution, target, headersLeft(sent, result.request));
    }
    case 'response':
      return { kind: 'answered', answer: functionAnswer(result.status, result.response) };
    case 'failed':
      return { kind: 'answered', answer: edgeAnswer(503, result.reason) };
    default:
      return result satisfies never;
  }
}

/** The headers that a function left, in the case in which they were sent. */
function headersLeft(sent: readonly Header[], { headers, cookies }: JsonObject): Header[] {
  const spellings = new Map(sent.map(([name]) => [name.toLowerCase(), name]));
  const cookie = pairsOf(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
  return [
    ...pairsOf(headers).map(([name, value]): Header => [spellings.get(name) ?? name, value]),
    ...(cookie === '' ? [] : [['Cookie', cookie] as const]),
  ];
}

function passed(
  incoming: IncomingMessage,
  { domainName, originDomainName, originPath }: DistributionDefinition,
  target: string,
  headers: readonly Header[],
): Passage {
  const replaced = new Set(['host', 'via', 'x-amz-cf-id', 'x-forwarded-for']);
  const before = headers.filter(([name]) => name.toLowerCase() === 'x-forwarded-for');
  const forwardedFor = [...before.map(([, value]) => value), sourceIpOf(incoming)].join(', ');
  const request = {
    incoming,
    target: `${originPath}${target}`,
    headers: [
      ...headers.filter(([name]) => !replaced.has(name.toLowerCase())),
      ['Host', originDomainName],
      ['Via', `1.1 ${domainName} (CloudFront)`],
      ['X-Amz-Cf-Id', newGatewayId()],
      ['X-Forwarded-For', forwardedFor],
    ] as const,
  };
  return { kind: 'passed', request };
}
