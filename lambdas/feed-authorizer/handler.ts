import middy from '@middy/core';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { authenticate } from '../access/authenticate.ts';
import { allows } from '../access/scopes.ts';
import { headerValues } from '../runtime/header-values.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { database } from '../store/table/client.ts';

/** The key of a handshake: from its header, or among its subprotocols, since browsers set no headers. */
function authorizationOf(event: APIGatewayRequestAuthorizerEvent): string | undefined {
  const [header] = headerValues(event, 'authorization');
  if (header !== undefined) return header;
  const offers = headerValues(event, 'sec-websocket-protocol').flatMap((value) => value.split(','));
  const key = offers.map((offer) => offer.trim()).find((offer) => offer.startsWith('jg_live_'));
  return key === undefined ? undefined : `Bearer ${key}`;
}

async function contextOf(
  event: APIGatewayRequestAuthorizerEvent,
): Promise<NonNullable<APIGatewayAuthorizerResult['context']>> {
  const found = await authenticate(database, authorizationOf(event), Date.now());
  if (found.kind === 'refused') return { verdict: found.code };
  const { operatorId, apiKeyId, scopes } = found.apiKey;
  return allows(scopes, 'events:read')
    ? { verdict: 'accepted', operatorId, apiKeyId }
    : { verdict: 'SCOPE_MISSING' };
}

/**
 * Checks the API key of a reader of the live feed once, on `$connect`. It always allows and hands its verdict on, as the authorizer of
 * chargers does: 401 and 403 are said by the function behind `$connect`.
 */
export const handler = middy<APIGatewayRequestAuthorizerEvent, APIGatewayAuthorizerResult>()
  .use(withRequestId())
  .handler(async (event) => {
    const context = await contextOf(event);
    return {
      principalId: String(context['apiKeyId'] ?? 'unknown'),
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: event.methodArn }],
      },
      context,
    };
  });
