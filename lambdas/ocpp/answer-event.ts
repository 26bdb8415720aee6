import { answerFrame } from '../../core/ocpp/answer-frame.ts';
import type { ReceivedEvent } from '../../core/ocpp/receive.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { recordBoot } from '../store/boots.ts';
import { authorize } from './authorize.ts';
import { bootAnswer } from './boot-answer.ts';
import { keepMessage } from './keep-message.ts';
import { keepUnusable } from './keep-unusable.ts';
import { type MessageContext, receivedAt } from './message-context.ts';
import { recordHeartbeat } from './record-heartbeat.ts';
import { startSession } from './start-session.ts';
import { stopSession } from './stop-session.ts';

/** What a message brought about that is worth counting. */
export type Effect =
  | 'SessionsStarted'
  | 'SessionsEnded'
  | 'StartsRefused'
  | 'ReadingsRefused'
  | 'StopsRefused';

/** The frame that answers an event, what the event brought about, and of which session. */
export type EventAnswer = {
  readonly frame: string;
  readonly effects?: readonly Effect[];
  readonly sessionId?: string;
};

const refusals = {
  sessionStarted: 'StartsRefused',
  metered: 'ReadingsRefused',
  sessionStopped: 'StopsRefused',
} as const;

/** Does what an event asks for and writes the frame that answers it. */
export async function answerEvent(
  step: MessageContext,
  received: ReceivedEvent,
): Promise<EventAnswer> {
  const { event } = received;
  switch (event.kind) {
    case 'booted': {
      const { vendor, model, serialNumber, firmwareVersion, raw } = event;
      const facts = { vendor, model, serialNumber, firmwareVersion, bootedAt: receivedAt(step) };
      await recordBoot(step.database, step.charger.chargerKey, omitUndefined(facts), raw);
      return { frame: answerFrame(received, event.kind, bootAnswer(step)) };
    }
    case 'heartbeat':
      await recordHeartbeat(step);
      return { frame: answerFrame(received, event.kind, { currentTime: receivedAt(step) }) };
    case 'statusReported':
      await keepMessage(step, { ...event, kind: 'status' }, undefined);
      return { frame: answerFrame(received, event.kind, {}) };
    case 'tokenPresented': {
      const authorization = await authorize(step, event.tokenId);
      return { frame: answerFrame(received, event.kind, { authorization }) };
    }
    case 'sessionStarted': {
      const { answer, isNew, sessionId } = await startSession(step, event);
      const frame = answerFrame(received, event.kind, answer);
      return isNew ? { frame, effects: ['SessionsStarted'], sessionId } : { frame };
    }
    case 'metered':
      await keepMessage(step, { ...event, kind: 'meter' }, event.transactionId);
      return { frame: answerFrame(received, event.kind, {}) };
    case 'sessionStopped': {
      const { outcome, sessionId } = await stopSession(step, event);
      const frame = answerFrame(received, event.kind, {});
      return outcome === 'ended' ? { frame, effects: ['SessionsEnded'], sessionId } : { frame };
    }
    case 'unusable': {
      const { hasEnded, ...named } = await keepUnusable(step, event);
      const effects = [refusals[event.about], ...(hasEnded ? (['SessionsEnded'] as const) : [])];
      return { frame: answerFrame(received, event.kind, {}), effects, ...named };
    }
    case 'dataTransferred':
      return { frame: answerFrame(received, event.kind, { status: 'UnknownVendorId' }) };
    case 'certificateRequested':
      return { frame: answerFrame(received, event.kind, { status: 'Rejected' }) };
    case 'diagnosticsReported':
    case 'firmwareReported':
    case 'securityReported':
      return { frame: answerFrame(received, event.kind, {}) };
    default:
      return event satisfies never;
  }
}
