import {
  type ConnectorRef,
  firstConnectorOf,
  wholeCharger,
} from '../../../core/charger/connector-ref.ts';
import { anomalyOf } from '../../../core/metering/model/anomaly-codes.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import type { SessionStop } from '../../../core/session/session.ts';
import type { SessionIdentity } from '../../../core/session/session-event.ts';
import { sessionOfTransaction } from '../../../core/session/session-of-transaction.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { stopOf } from '../../billing/stop-of.ts';
import { type ChargerContext, contextOf } from '../../connection/charger-context.ts';
import { readCharger } from '../../store/chargers/chargers.ts';
import { readSite } from '../../store/locations/read-site.ts';
import { applyToSession } from '../../store/sessions/apply-to-session.ts';
import type { StoredSession } from '../../store/sessions/session-item.ts';
import { endSession } from '../../store/sessions/sessions.ts';
import { keepMessage, messageHash } from '../evidence/keep-message.ts';
import { countExcessSession, hasSessionRoom, noteSessionMade } from '../evidence/session-room.ts';
import { type MessageContext, sessionPlaceOf } from '../message-context.ts';
import { findOpenSession } from './find-open-session.ts';
import { type SessionOfPart, sessionOfPart } from './session-of-part.ts';
import { storableConnector } from './storable-connector.ts';

type Stop = EventOf<'sessionStopped'>;

/** Whom a stop is about: an OCPP 1.6 stop names no connector. */
type Target = ConnectorRef & {
  readonly transactionId: string;
  /** True when the stop named no transaction, and one was found that it can only be about. */
  readonly isGuess: boolean;
};

/** A stop that nobody can be found for gets an id of its own content: it is kept, and its repetition finds it. */
async function targetOf(step: MessageContext, event: Stop): Promise<Target> {
  if (event.transactionId !== undefined) {
    const place =
      event.place === undefined ? wholeCharger : firstConnectorOf(storableConnector(event.place));
    return { transactionId: event.transactionId, ...place, isGuess: false };
  }
  const open = await findOpenSession(step, event);
  if (open !== undefined) {
    const { transactionId, evseId, connectorId } = open;
    return { transactionId, evseId, connectorId, isGuess: true };
  }
  const transactionId = `unknown-${messageHash(event.raw)}`;
  return { transactionId, ...wholeCharger, isGuess: false };
}

/** The effect of a stop, and its session. */
type Stopped = {
  readonly outcome: 'ended' | 'ended-before';
  readonly sessionId: string;
  /** Its final cost including VAT, where its CDR was sealed before. */
  readonly totalCost?: string;
  /** The session as it is stored, as far as that was seen. */
  readonly stored?: StoredSession;
};

/**
 * Ends a session. The message itself is kept first, with everything it carries; a stop whose start never came makes a
 * session of its own, and a second, different stop stays visible as an anomaly.
 */
export async function stopSession(step: MessageContext, event: Stop): Promise<Stopped> {
  const { database, charger } = step;
  const target = await targetOf(step, event);
  const id = sessionOfTransaction(charger.chargerKey, target.transactionId);
  const { timestamp, raw } = event;
  const { evseId, connectorId, transactionId } = target;
  const message = { kind: 'stop', evseId, connectorId, timestamp, raw } as const;
  await keepMessage(step, message, transactionId);
  const stop = stopOf(event, step.now);
  const { operatorId } = charger;
  const inLists = sessionPlaceOf(step);
  const guess = target.isGuess ? anomalyOf('STOP_GUESSED', stop.endedAt) : undefined;
  const ended = await endSession(
    database,
    {
      sessionId: id,
      operatorId,
      ...(event.place === undefined ? {} : { place: { evseId, connectorId } }),
      isShown: event.tokenId !== undefined,
      ...inLists,
    },
    stop,
    guess,
  );
  if (ended.kind === 'written') {
    return { outcome: 'ended', sessionId: id, ...(ended.stored && { stored: ended.stored }) };
  }
  if (!mayEnd(step, ended.stored)) return { outcome: 'ended-before', sessionId: id };
  const found: SessionOfPart =
    ended.stored === undefined
      ? { sessionId: id }
      : await sessionOfPart(step, ended.stored, timestamp);
  return await stopStanding(step, target, found, stop);
}

/** Ends a session that has no start yet or a stop already, or whose transaction's id others have, too. */
async function stopStanding(
  step: MessageContext,
  target: Target,
  { sessionId: id, stored }: SessionOfPart,
  stop: SessionStop,
): Promise<Stopped> {
  const { database } = step;
  const facts = stored?.session.start === undefined ? await readFacts(step, target) : step.charger;
  const { tariffId } = facts;
  const fixed = tariffId === undefined ? {} : { tariffId };
  const identity = identityOf(step, id, target, facts);
  const stopped = { kind: 'stopped', identity, stop, fixed } as const;
  await applyToSession(database, sessionPlaceOf(step), stopped, stored);
  const outcome = stored?.session.state === 'ended' ? 'ended-before' : 'ended';
  return omitUndefined({ outcome, sessionId: id, stored, totalCost: costOf(stored) });
}

/** A stop ends any session that is there, and makes one of its own while its charger may make more today. */
function mayEnd(step: MessageContext, stored: StoredSession | undefined): boolean {
  if (stored !== undefined) return true;
  if (hasSessionRoom(step)) {
    noteSessionMade(step);
    return true;
  }
  countExcessSession(step, 'stop');
  return false;
}

/** A price is final once its CDR is sealed. */
const costOf = (stored: StoredSession | undefined): string | undefined =>
  stored?.result?.cdrSequence === undefined ? undefined : stored.result.cost?.inclVat;

/** The registered facts of a charger that its session depends on. */
type Facts = Pick<ChargerContext, 'timeZone' | 'maxPowerW' | 'tariffId'>;

/** Without its start, a session is billed by what is registered now; of a deleted charger, by what it connected with. */
async function readFacts(
  { database, charger }: MessageContext,
  place: ConnectorRef,
): Promise<Facts> {
  const registered = await readCharger(database, charger.chargerKey);
  return registered === undefined
    ? charger
    : contextOf(registered, charger.protocol, await readSite(database, registered), place);
}

function identityOf(
  step: MessageContext,
  id: string,
  target: Target,
  { timeZone, maxPowerW }: Facts,
): SessionIdentity {
  const { operatorId, chargerId, protocol } = step.charger;
  return {
    sessionId: id,
    operatorId,
    chargerId,
    evseId: target.evseId,
    connectorId: target.connectorId,
    transactionId: target.transactionId,
    protocol,
    timeZone,
    ...(maxPowerW === undefined ? {} : { maxPowerW }),
  };
}
