import type { Answers, Authorization } from '../../core/ocpp/answer.ts';
import type { EventKind, EventOf } from '../../core/ocpp/event.ts';
import type { Version } from '../../core/ocpp/version.ts';
import { checkVatNumber } from '../../core/payment/check-vat-number.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { recordBoot } from '../store/chargers/boots.ts';
import { bootAnswer } from './boot/boot-answer.ts';
import { configureAfterBoot } from './boot/configure-after-boot.ts';
import { keepMessage } from './evidence/keep-message.ts';
import { keepTerminalPayment } from './evidence/keep-terminal-payment.ts';
import { keepUnusable } from './evidence/keep-unusable.ts';
import { receiptOf } from './evidence/receipt-of.ts';
import { refuseSession } from './evidence/refuse-session.ts';
import { hasSessionRoom, noteSessionMade } from './evidence/session-room.ts';
import { findSchedule } from './find-schedule.ts';
import { type MessageContext, receivedAt } from './message-context.ts';
import { recordHeartbeat, recordStrayReading } from './record-heartbeat.ts';
import { requestCertificate } from './request-certificate.ts';
import { startOutcome } from './session/start-outcome.ts';
import { startSession } from './session/start-session.ts';
import { stopSession } from './session/stop-session.ts';
import { tellRunningCost } from './tell-running-cost.ts';
import { answerPresentedToken } from './token/answer-presented-token.ts';
import { authorize } from './token/authorize-presented.ts';
import { authorizeStop } from './token/authorize-stop.ts';

/** Outcome of an event that is worth counting. */
export type Effect =
  | 'SessionsStarted'
  | 'SessionsEnded'
  | 'StartsAccepted'
  | 'StartsRefused'
  | 'ReadingsRefused'
  | 'StopsRefused';

/** The answer to an event, what the event brought about, and of which session. */
type Handled<Kind extends EventKind> = {
  readonly answer: Answers[Kind];
  readonly effects?: readonly Effect[];
  readonly sessionId?: string;
  /** Why its token was not accepted. */
  readonly refusedAs?: Authorization['status'];
};

/** How an event is processed, and how it is answered when it can only be processed later. */
type EventHandler<Kind extends EventKind> = {
  readonly handle: (step: MessageContext, event: EventOf<Kind>) => Promise<Handled<Kind>>;
  /**
   * The answer while nothing can be read or written. Absent where the event is not worth keeping for later, or where nobody
   * can know the answer.
   */
  readonly provisional?: (
    step: MessageContext,
    event: EventOf<Kind>,
    version: Version,
  ) => Answers[Kind] | undefined;
};

const acknowledge = () => ({});

const refusals = {
  sessionStarted: 'StartsRefused',
  metered: 'ReadingsRefused',
  sessionStopped: 'StopsRefused',
} as const;

/** No register of VAT numbers is asked: an answer says no more than that. */
const vatVerdicts = {
  'well-formed': {
    status: 'Accepted',
    reason: { code: 'FormOnly', text: 'The form is right; no register was asked.' },
  },
  malformed: {
    status: 'Rejected',
    reason: { code: 'InvalidForm', text: 'VAT numbers of this country have another form.' },
  },
  'unknown-country': {
    status: 'Rejected',
    reason: { code: 'UnknownCountry', text: 'It begins with no country whose form is known.' },
  },
} as const;

/** Always the same answer. */
const answeredWith = <Answer>(answer: Answer) => ({
  handle: async () => ({ answer }),
  provisional: () => answer,
});

/** An answer that repeats what was asked; it may name the moment of receipt. */
const answeredBy = <Kind extends EventKind>(
  answer: (event: EventOf<Kind>, receivedAt: string) => Answers[Kind],
): EventHandler<Kind> => ({
  handle: async (step, event) => ({ answer: answer(event, receivedAt(step)) }),
  provisional: (step, event) => answer(event, receivedAt(step)),
});

/** The handler of every event of a charger. */
export const eventHandlers: { readonly [Kind in EventKind]: EventHandler<Kind> } = {
  booted: {
    handle: async (step, { vendor, model, serialNumber, firmwareVersion, raw }) => {
      const facts = { vendor, model, serialNumber, firmwareVersion, bootedAt: receivedAt(step) };
      const boot = omitUndefined(facts);
      const before = await recordBoot(step.database, step.charger.chargerKey, boot, raw);
      await configureAfterBoot(step, boot, before);
      return { answer: bootAnswer(step) };
    },
    provisional: bootAnswer,
  },
  heartbeat: {
    handle: async (step) => {
      await recordHeartbeat(step);
      return { answer: { currentTime: receivedAt(step) } };
    },
  },
  statusReported: {
    handle: async (step, event) => {
      await keepMessage(step, { ...event, kind: 'status' }, undefined);
      return { answer: {} };
    },
    provisional: acknowledge,
  },
  tokenPresented: {
    handle: async (step, { tokenId, session, hasCertificate }) => {
      const { answer, isFirst } =
        session === undefined
          ? { answer: { authorization: await authorize(step, tokenId) }, isFirst: true }
          : await answerPresentedToken(step, tokenId, session);
      // Whoever shows a token of a session that has one, as at its end, starts nothing.
      const { effects, ...outcome } = startOutcome(isFirst ? answer.authorization : undefined);
      return {
        answer: hasCertificate ? { ...answer, isCertificateUnchecked: true } : answer,
        // Who only asks has started nothing yet.
        effects: session === undefined ? effects.filter((one) => one === 'StartsRefused') : effects,
        ...outcome,
      };
    },
    // Of a running session the rest of the message is worth keeping; who only asks gets no answer that nobody knows.
    provisional: (_step, { session }) =>
      session === undefined ? undefined : { authorization: { status: 'Invalid' } },
  },
  sessionStarted: {
    handle: async (step, event) => {
      const refusal = hasSessionRoom(step) ? undefined : await refuseSession(step, event);
      if (refusal !== undefined) return { answer: refusal, effects: ['StartsRefused'] };
      const { answer, isNew, sessionId, presented } = await startSession(step, event);
      if (!isNew) return { answer };
      noteSessionMade(step);
      const { effects, ...outcome } = startOutcome(answer.authorization ?? presented);
      return { answer, effects: ['SessionsStarted', ...effects], sessionId, ...outcome };
    },
    provisional: ({ charger: { chargerKey } }, event, version) => {
      // The token cannot be checked, so nothing is given away. Should the charger charge all the same, its readings
      // and its stop name the id that the session gets later: that of its content.
      const [transactionId = ''] = version.proposeTransactionIds(chargerKey, event);
      return event.tokenId === undefined
        ? { transactionId }
        : { transactionId, authorization: { status: 'Invalid' } };
    },
  },
  metered: {
    handle: async (step, event) => {
      await keepMessage(step, { ...event, kind: 'meter' }, event.transactionId);
      if (event.transactionId === undefined) await recordStrayReading(step);
      return { answer: {} };
    },
    provisional: acknowledge,
  },
  sessionReported: {
    handle: async (step, event) => {
      const kind = event.mayChangeState ? 'event' : 'meter';
      await keepMessage(step, { ...event, kind }, event.transactionId);
      return { answer: await tellRunningCost(step, event) };
    },
    provisional: acknowledge,
  },
  sessionStopped: {
    handle: async (step, event) => {
      const { outcome, sessionId, totalCost, stored } = await stopSession(step, event);
      const authorization = await authorizeStop(step, event, stored);
      const answer = omitUndefined({ totalCost, authorization });
      return outcome === 'ended' ? { answer, effects: ['SessionsEnded'], sessionId } : { answer };
    },
    provisional: acknowledge,
  },
  unusable: {
    handle: async (step, event) => {
      const { hasEnded, ...named } = await keepUnusable(step, event);
      const effects = [refusals[event.about], ...(hasEnded ? (['SessionsEnded'] as const) : [])];
      return { answer: {}, effects, ...named };
    },
    provisional: acknowledge,
  },
  // Such messages are kept as they came (isInformational), and answered alike when that has to wait.
  informed: answeredWith({}),
  // Nobody plans what a vehicle draws: it charges by the limits that it has.
  needsReported: answeredWith({ status: 'Rejected' }),
  scheduleReported: answeredWith({ status: 'Accepted' }),
  // No certificate authority for contracts is connected.
  contractRequested: answeredWith({ status: 'Failed' }),
  revocationAsked: answeredWith({ status: 'Failed' }),
  scheduleAsked: {
    handle: async (step, { profileId }) => ({ answer: await findSchedule(step, profileId) }),
    provisional: () => ({ status: 'Rejected' }),
  },
  // Whoever set the monitor asked for its values.
  streamOpened: answeredWith({ status: 'Accepted' }),
  paymentSettled: {
    handle: async (step, event) => {
      const own = await keepTerminalPayment(step, event);
      return { answer: receiptOf(step, event, own) };
    },
    provisional: (step, event) => receiptOf(step, event),
  },
  vatNumberAsked: answeredBy(({ vatNumber, evseId }) =>
    omitUndefined({ ...vatVerdicts[checkVatNumber(vatNumber)], vatNumber, evseId }),
  ),
  chainStatusAsked: answeredBy(({ certificates }, nextUpdate) => ({
    status: 'Failed',
    certificates,
    nextUpdate,
  })),
  dataTransferred: answeredWith({ status: 'UnknownVendorId' }),
  certificateRequested: {
    handle: async (step, event) => ({ answer: await requestCertificate(step, event) }),
    // The charger asks again, as it does where no certificate comes.
    provisional: () => ({ status: 'Rejected' }),
  },
  diagnosticsReported: answeredWith({}),
  firmwareReported: answeredWith({}),
  securityReported: answeredWith({}),
};
