import { anomalyOf } from '../../../core/metering/model/anomaly-codes.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import { unreadableReason } from '../../../core/session/session-event.ts';
import { sessionOfTransaction } from '../../../core/session/session-of-transaction.ts';
import { applyToSession } from '../../store/sessions/apply-to-session.ts';
import { endSession } from '../../store/sessions/sessions.ts';
import { type MessageContext, receivedAt, sessionPlaceOf } from '../message-context.ts';
import { sessionOfPart } from '../session/session-of-part.ts';
import { keepMessage } from './keep-message.ts';
import { noteOnSession } from './note-on-session.ts';

type Unusable = EventOf<'unusable'>;

/** The session that a message names, and whether the message ended it. */
type Kept = { readonly sessionId?: string; readonly hasEnded: boolean };

/**
 * Keeps a message about a transaction that nobody can read: as evidence, and visible on its session where it names
 * one. A stop that names its transaction ends it all the same; its CDR waits for the operator.
 */
export async function keepUnusable(step: MessageContext, event: Unusable): Promise<Kept> {
  const { about, evseId, connectorId, transactionId, raw } = event;
  const isStop = about === 'sessionStopped';
  const kind = isStop ? 'stop' : 'meter';
  await keepMessage(step, { kind, evseId, connectorId, raw }, transactionId);
  if (transactionId === undefined) return { hasEnded: false };
  const id = sessionOfTransaction(step.charger.chargerKey, transactionId);
  if (isStop) return { sessionId: id, hasEnded: await endBlindly(step, id) };
  await note(step, event, id);
  return { sessionId: id, hasEnded: false };
}

async function note(step: MessageContext, event: Unusable, id: string): Promise<void> {
  const anomaly = anomalyOf('UNUSABLE_MESSAGE', receivedAt(step), event.reason);
  await noteOnSession(step, id, anomaly);
}

async function endBlindly(step: MessageContext, id: string): Promise<boolean> {
  const { operatorId } = step.charger;
  const at = receivedAt(step);
  const stop = { endedAt: at, receivedAt: at, reason: unreadableReason };
  // The register at the end may be what cannot be read: nothing may be billed without somebody looking at it.
  const anomaly = anomalyOf('STOP_UNREADABLE', at);
  const session = { sessionId: id, operatorId, ...sessionPlaceOf(step) };
  const ended = await endSession(step.database, session, stop, anomaly);
  if (ended.kind === 'written' || ended.stored?.session.part === undefined) {
    return ended.kind === 'written';
  }
  const { stored } = await sessionOfPart(step, ended.stored, undefined);
  if (stored?.session.state !== 'active') return false;
  const stopped = { kind: 'stopped', identity: stored.session, stop } as const;
  await applyToSession(step.database, sessionPlaceOf(step), stopped, stored);
  return true;
}
