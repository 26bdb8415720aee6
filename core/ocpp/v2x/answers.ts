import type { Answers, AnswerWriters, GivenAnswer } from '../answer.ts';
import type { EventKind } from '../event.ts';
import { authorizeResponse } from './authorize.ts';
import { bootNotificationResponse } from './boot-notification.ts';
import { heartbeatResponse } from './heartbeat.ts';
import { transactionEventResponse } from './transaction-event.ts';

const acknowledgement = (): object => ({});

const status = ({ status: word }: { readonly status: string }): object => ({ status: word });

/** The answers to all messages that say one thing. */
const answers: AnswerWriters<string> = {
  booted: bootNotificationResponse,
  heartbeat: heartbeatResponse,
  statusReported: acknowledgement,
  tokenPresented: authorizeResponse,
  sessionStarted: acknowledgement,
  sessionReported: acknowledgement,
  metered: acknowledgement,
  sessionStopped: acknowledgement,
  dataTransferred: status,
  diagnosticsReported: acknowledgement,
  firmwareReported: acknowledgement,
  securityReported: acknowledgement,
  certificateRequested: ({ status: word, reason }) =>
    reason === undefined
      ? { status: word }
      : { status: word, statusInfo: { reasonCode: reason.code, additionalInfo: reason.text } },
  informed: acknowledgement,
  needsReported: status,
  scheduleReported: status,
  // Nothing to install comes with a refusal.
  contractRequested: ({ status: word }) => ({ status: word, exiResponse: '' }),
  revocationAsked: status,
  scheduleAsked: (answer) => answer,
  streamOpened: status,
  paymentSettled: (answer) => answer,
  vatNumberAsked: ({ reason: { code: reasonCode, text: additionalInfo }, ...answer }) => ({
    ...answer,
    statusInfo: { reasonCode, additionalInfo },
  }),
  chainStatusAsked: ({ status: word, nextUpdate, certificates }) => ({
    certificateStatus: certificates.map((one) => ({ ...one, status: word, nextUpdate })),
  }),
  unusable: acknowledgement,
};

const answerOf = <Kind extends EventKind>(
  { kind, answer }: { readonly kind: Kind; readonly answer: Answers[Kind] },
  action: string,
): object => answers[kind](answer, action);

/** Writes the one answer to a message of OCPP 2.x, of which only TransactionEvent says several things. */
export const writeAnswer = (action: string, given: readonly GivenAnswer[]): object => {
  if (action === 'TransactionEvent') return transactionEventResponse(given);
  const [first] = given;
  return first === undefined ? {} : answerOf(first, action);
};
