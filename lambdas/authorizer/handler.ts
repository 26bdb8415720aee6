import middy from '@middy/core';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { contextOf } from '../connection/charger-context.ts';
import { headerValues } from '../runtime/header-values.ts';
import { logger } from '../runtime/logger.ts';
import { fitsHash, secretHash } from '../runtime/secrets.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { isKept, keepRefusal, type Refusal } from '../store/chargers/refusals.ts';
import { readSite } from '../store/locations/read-site.ts';
import { database } from '../store/table/client.ts';
import { type Edge, mayConnect, shownCertificate } from './check-certificate.ts';
import { offersOf } from './choose-protocol.ts';
import { type Attempt, noteUnknownCharger } from './note-unknown-charger.ts';
import { type ChargerVerdict, verifyCharger } from './verify-charger.ts';

type Context = NonNullable<APIGatewayAuthorizerResult['context']>;

/** Where chargers have certificates, CloudFront proves itself by a secret. */
function ownEdge(): Edge | undefined {
  const { EDGE_SECRET: secret, CHARGER_AUTHORITY_NAME: authority = '' } = process.env;
  return secret === undefined ? undefined : { secret, authority };
}

/** The verdict on a handshake: one that does not come through CloudFront, where that has a secret, is nobody's. */
async function verdictOn(event: APIGatewayRequestAuthorizerEvent): Promise<ChargerVerdict> {
  const query = event.queryStringParameters;
  const edge = ownEdge();
  if (edge !== undefined) {
    const [given = ''] = headerValues(event, 'x-joulegate-edge');
    if (!fitsHash(given, secretHash(edge.secret))) return { kind: 'unknown-charger' };
  }
  const handshake = {
    operatorSlug: query?.['operatorSlug'],
    chargerId: query?.['chargerId'],
    connectionToken: query?.['connectionToken'],
    authorization: headerValues(event, 'authorization').at(0),
    offers: offersOf(headerValues(event, 'sec-websocket-protocol')),
  };
  if (edge === undefined) return await verifyCharger(database, handshake);
  const shown = shownCertificate(query);
  return await verifyCharger(
    database,
    handshake,
    async (charger) => await mayConnect(database, charger, shown, edge, Date.now()),
  );
}

async function contextFor(verdict: ChargerVerdict): Promise<Context> {
  if (verdict.kind === 'wrong-password' || verdict.kind === 'wrong-certificate') {
    return { verdict: verdict.kind, refusedChargerId: verdict.charger.chargerId };
  }
  if (verdict.kind !== 'accepted') return { verdict: verdict.kind };
  const { kind, charger, protocol, connectionTokenHash } = verdict;
  const site = await readSite(database, charger);
  return omitUndefined({
    verdict: kind,
    ...contextOf(charger, protocol, site),
    connectionTokenHash,
  });
}

/** A charger is turned away in any case: that nobody hears of it is no reason to fail. */
async function note(attempt: Omit<Attempt, 'now'>): Promise<void> {
  try {
    await noteUnknownCharger(database, { ...attempt, now: Date.now() });
  } catch (error) {
    logger.warn('An unknown charger could not be noted', { error, chargerId: attempt.chargerId });
  }
}

/** Keeps that a registered charger was refused, now and then; that nobody sees it is no reason to fail. */
async function noteRefusal(
  { charger, kind }: Extract<ChargerVerdict, { kind: Refusal['reason'] }>,
  address: string | undefined,
): Promise<void> {
  const refusal = omitUndefined({ at: new Date().toISOString(), reason: kind, address });
  if (!isKept(refusal, charger.refusal)) return;
  try {
    await keepRefusal(database, charger.chargerKey, refusal, charger.refusal);
  } catch (error) {
    logger.warn('A refused charger could not be noted', { error, chargerId: charger.chargerId });
  }
}

/**
 * Checks a charger once, on `$connect`. It always allows and hands its verdict on: an authorizer can only say 401 or
 * 403, and the `$connect` function says what the contract asks for.
 */
export const handler = middy<APIGatewayRequestAuthorizerEvent, APIGatewayAuthorizerResult>()
  .use(withRequestId())
  .handler(async (event) => {
    const verdict = await verdictOn(event);
    if (verdict.kind === 'wrong-password' && verdict.isShared) {
      logger.warn(
        'Several operators have a charger with this id; the URL names no operator, so the first one was taken',
        {
          chargerId: event.queryStringParameters?.['chargerId'],
        },
      );
    }
    if (verdict.kind === 'unknown-charger' && verdict.attempt !== undefined) {
      await note({ ...verdict.attempt, address: event.queryStringParameters?.['viewerAddress'] });
    }
    if (verdict.kind === 'wrong-password' || verdict.kind === 'wrong-certificate') {
      await noteRefusal(verdict, event.queryStringParameters?.['viewerAddress']);
    }
    return {
      principalId: verdict.kind === 'accepted' ? verdict.charger.chargerKey : 'unknown',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: event.methodArn }],
      },
      context: await contextFor(verdict),
    };
  });
