import { reservationAction } from '../../core/command/known-reservations.ts';
import type { Authorization, GivenAnswer } from '../../core/ocpp/answer.ts';
import { answerFrame } from '../../core/ocpp/answer-frame.ts';
import type { EventKind, EventOf, OcppEvent } from '../../core/ocpp/event.ts';
import { ignoreTagSpaces } from '../../core/ocpp/ignore-tag-spaces.ts';
import { isInformational } from '../../core/ocpp/is-informational.ts';
import type { ReceivedCall } from '../../core/ocpp/receive.ts';
import type { Version } from '../../core/ocpp/version.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { withCurrentApproval } from './boot/current-approval.ts';
import { refuseUntilAccepted } from './boot/refuse-until-accepted.ts';
import { type Effect, eventHandlers } from './event-handlers.ts';
import { keepInformational } from './evidence/keep-informational.ts';
import type { MessageContext } from './message-context.ts';
import { changesLimit, noteChangedLimit } from './note-changed-limit.ts';
import { noteEndedReservation } from './note-ended-reservation.ts';

/** The frame that answers a CALL, what its events brought about, and of which session. */
export type CallAnswer = {
  readonly frame: string;
  readonly effects?: readonly Effect[];
  readonly sessionId?: string;
  /** Why the token of a start was not accepted. */
  readonly refusedAs?: Authorization['status'];
};

type Outcome = Omit<CallAnswer, 'frame'> & { readonly given: GivenAnswer };

async function handle<Kind extends EventKind>(
  step: MessageContext,
  kind: Kind,
  event: EventOf<Kind>,
): Promise<Outcome> {
  const { answer, ...outcome } = await eventHandlers[kind].handle(step, event);
  return { ...outcome, given: { kind, answer } as GivenAnswer };
}

/**
 * Does what the events of a CALL ask for, one after the other, and writes the frame that answers them all. Of a charger that is not
 * accepted the same is kept, whatever it is answered.
 */
export async function answerCall(
  asConnected: MessageContext,
  asSent: ReceivedCall,
): Promise<CallAnswer> {
  const step = await withCurrentApproval(asConnected);
  const received = step.charger.ignoresTagSpaces
    ? { ...asSent, events: asSent.events.map(ignoreTagSpaces) }
    : asSent;
  const informing = received.events.find(({ kind }) => isInformational(kind));
  if (informing !== undefined) await keepInformational(step, received.action, informing.raw);
  if (informing !== undefined && received.action === reservationAction) {
    await noteEndedReservation(step, informing.raw);
  }
  if (changesLimit(step, received.action)) await noteChangedLimit(step);
  const outcomes: Outcome[] = [];
  for (const event of received.events) {
    outcomes.push(await handle(step, event.kind, event));
  }
  const sessionId = outcomes.find((one) => one.sessionId !== undefined)?.sessionId;
  const refusedAs = outcomes.find((one) => one.refusedAs !== undefined)?.refusedAs;
  return {
    frame:
      (await refuseUntilAccepted(step, received)) ??
      answerFrame(
        received,
        outcomes.map(({ given }) => given),
      ),
    effects: outcomes.flatMap(({ effects = [] }) => effects),
    ...omitUndefined({ sessionId, refusedAs }),
  };
}

function provisional<Kind extends EventKind>(
  step: MessageContext,
  kind: Kind,
  event: EventOf<Kind>,
  version: Version,
): GivenAnswer | undefined {
  const answer = eventHandlers[kind].provisional?.(step, event, version);
  return answer === undefined ? undefined : ({ kind, answer } as GivenAnswer);
}

/**
 * Writes the frame that answers a CALL whose events are to be processed later: nothing of them was read or written yet.
 * Undefined for a CALL with nothing that is worth keeping for that, or whose answer nobody could know.
 */
export function provisionalFrame(step: MessageContext, received: ReceivedCall): string | undefined {
  const given = received.events.flatMap(
    (event: OcppEvent) => provisional(step, event.kind, event, received.version) ?? [],
  );
  return given.length === 0 || given.length < received.events.length
    ? undefined
    : answerFrame(received, given);
}
