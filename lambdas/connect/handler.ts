import { setTimeout } from 'node:timers/promises';
import middy from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { isRenewalDue } from '../../core/certificate/issued-certificate.ts';
import { isAnswerOverdue } from '../../core/command/answer-time.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { type ChargerContext, readContext } from '../connection/charger-context.ts';
import { closeConnection } from '../connection/close-connection.ts';
import type { ConnectionEvent } from '../connection/connection-event.ts';
import { headerValues } from '../runtime/header-values.ts';
import { logger } from '../runtime/logger.ts';
import { emitMetric } from '../runtime/metrics.ts';
import { withRequestId } from '../runtime/with-request-id.ts';
import { configurationDue } from '../store/chargers/desired-configuration.ts';
import { isPasswordOpen } from '../store/chargers/password-sent.ts';
import type { CommandLine } from '../store/commands/command-line.ts';
import { readWaitingFor } from '../store/commands/waiting-for.ts';
import { database } from '../store/table/client.ts';
import { acceptConnection } from './accept-connection.ts';

const refusals: Readonly<Record<string, number>> = {
  'unsupported-protocol': 400,
  'wrong-password': 401,
  'wrong-certificate': 401,
  'unknown-charger': 404,
  'taken-over': 409,
};

/** Most of an id that is logged: nobody has checked how long it is. */
const mostOfId = 64;

/** Whose handshake was refused: a registered charger, or who the URL says it is. A connection token is never logged. */
function refusedOf(
  { queryStringParameters: query, requestContext: { authorizer } }: ConnectionEvent,
  charger: ChargerContext | undefined,
): { readonly chargerId?: string; readonly operatorSlug?: string } {
  const id = charger?.chargerId ?? authorizer?.['refusedChargerId'] ?? query?.['chargerId'];
  return omitUndefined({
    chargerId: typeof id === 'string' ? id.slice(0, mostOfId) : undefined,
    operatorSlug: query?.['operatorSlug']?.slice(0, mostOfId),
  });
}

/** The verdict in the end, from the authorizer's and from what became of the connection meanwhile. */
function verdictOf(
  given: string,
  accepted: 'accepted' | 'taken-over' | 'deleted' | 'revoked' | undefined,
): string {
  if (accepted === 'deleted' || accepted === 'revoked') return 'unknown-charger';
  return accepted === 'taken-over' ? accepted : given;
}

/** Seconds until the handshake has ended and the charger can be written to. */
const handshakeSeconds = 1;

/** Seconds that a charger has to say that it has started, before it is asked anything. */
const bootSeconds = 10;

/** Ms after which a charger is asked again to renew its certificate. */
const renewalPause = 86_400_000;

/** Whether a charger is to be asked for its next certificate: the one that it has ends soon, and it was not asked within a day. */
const isRenewalToAsk = (
  { certificateUntil, renewalAskedAt = '' }: CommandLine,
  at: number,
): boolean =>
  certificateUntil !== undefined &&
  isRenewalDue(certificateUntil, at) &&
  !(at - Date.parse(renewalAskedAt) < renewalPause);

/**
 * Has the commands sent that waited for a charger, one ended whose deadline was lost, and the charger given its desired configuration where that has changed. A
 * handshake does not fail for it: commands are sent with the next one, and the configuration after the next handshake.
 */
async function wakeCommands(
  { operatorId, chargerKey, approval }: ChargerContext,
  at: number,
): Promise<void> {
  if (approval === 'rejected') return;
  try {
    const { line, configuration } = await readWaitingFor(database, operatorId, chargerKey);
    const due = configurationDue(configuration, at);
    const isStalled = line.isWaiting || isAnswerOverdue(line.sentAt, at);
    const hasToRenew = isRenewalToAsk(line, at);
    const hasOpenPassword = isPasswordOpen(line, at);
    if (!isStalled && due === 'no' && !hasToRenew && !hasOpenPassword) return;
    const { sendCommandMessage } = await import('../connection/send-command-message.ts');
    if (isStalled) await sendCommandMessage({ kind: 'next', chargerKey }, handshakeSeconds);
    if (due !== 'no') {
      const retry = due === 'retry' ? { isRetry: true } : {};
      await sendCommandMessage(
        { kind: 'configure', operatorId, chargerKey, ...retry },
        bootSeconds,
      );
    }
    const foundAt = new Date(at).toISOString();
    if (hasToRenew) await sendCommandMessage({ kind: 'renew', chargerKey, foundAt }, bootSeconds);
    if (hasOpenPassword) {
      await sendCommandMessage({ kind: 'password', chargerKey, foundAt }, bootSeconds);
    }
  } catch (error) {
    logger.error('The commands that wait for a charger could not be sent', { error, chargerKey });
  }
}

const helpers = { close: closeConnection, wait: async (ms: number) => await setTimeout(ms) };

/** Answers a charger's handshake with the authorizer's verdict, and takes over from the charger's older connection. */
export const handler = middy<ConnectionEvent, APIGatewayProxyResult>()
  .use(withRequestId())
  .handler(async (event) => {
    const { authorizer, connectionId, connectedAt } = event.requestContext;
    const viewerAddress = event.queryStringParameters?.['viewerAddress'];
    const given = String(authorizer?.['verdict'] ?? 'unknown-charger');
    const charger = given === 'accepted' ? readContext(authorizer) : undefined;
    const at = new Date(connectedAt).toISOString();
    const token = authorizer?.['connectionTokenHash'];
    const tokenHash = typeof token === 'string' ? token : undefined;
    const accepted =
      charger && (await acceptConnection(database, helpers, charger, connectionId, at, tokenHash));
    const verdict = verdictOf(given, accepted);
    const refused = accepted === 'accepted' ? {} : { HandshakesRefused: 1 };
    const counts = { Connections: 1, ...refused };
    emitMetric({ action: 'connect', outcome: verdict }, counts, { connectionId });
    if (charger === undefined || accepted !== 'accepted') {
      const who = refusedOf(event, charger);
      logger.info('Connection refused', { verdict, ...who, connectionId, viewerAddress });
      return { statusCode: refusals[verdict] ?? 404, body: '' };
    }
    await wakeCommands(charger, connectedAt);
    logger.info('Connected', { chargerId: charger.chargerId, connectionId, viewerAddress });
    const offered = headerValues(event, 'sec-websocket-protocol').length > 0;
    return {
      statusCode: 200,
      body: '',
      ...(offered ? { headers: { 'Sec-WebSocket-Protocol': charger.protocol } } : {}),
    };
  });
