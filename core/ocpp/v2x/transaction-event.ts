import { wholeCharger } from '../../charger/connector-ref.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import type { Answers, GivenAnswer } from '../answer.ts';
import type { EventOf, OcppEvent } from '../event.ts';
import type { TransactionEventResponse } from '../generated/v201/transaction-event-response.js';
import { storableNumber } from '../storable-number.ts';
import { timestampOf } from '../timestamp-of.ts';
import { finalRegister } from './final-register.ts';
import { tokenOf } from './id-token.ts';
import { idTokenInfo } from './id-token-info.ts';
import { placeOfEvse } from './place-of-evse.ts';
import { mayChangeState, stageOf, type TransactionMessage } from './transaction-message.ts';

/**
 * Reads TransactionEventRequest (OCPP 2.0.1 block E): the message itself, which is kept with its values and its state, and what
 * else it says: that a session began or ended, or who charges.
 */
export const toTransactionEvents = (
  wire: TransactionMessage,
  raw: string,
): readonly OcppEvent[] => {
  const stage = stageOf(wire.eventType);
  switch (stage) {
    case 'started':
      return [toReported(wire, raw), toStarted(wire, raw)];
    case 'updated':
      return [toReported(wire, raw), ...toPresented(wire, raw)];
    case 'ended':
      return [...toPresented(wire, raw), toStopped(wire, raw)];
    default:
      return stage satisfies never;
  }
};

const connectorRefOf = ({ evse }: TransactionMessage) =>
  evse === undefined ? undefined : placeOfEvse(evse.id, evse.connectorId);

const toReported = (wire: TransactionMessage, raw: string): EventOf<'sessionReported'> =>
  omitUndefined({
    kind: 'sessionReported',
    ...(connectorRefOf(wire) ?? wholeCharger),
    transactionId: wire.transactionInfo.transactionId,
    timestamp: timestampOf(wire.timestamp),
    mayChangeState: stageOf(wire.eventType) === 'started' || mayChangeState(wire),
    raw,
  } as const);

const toStarted = (wire: TransactionMessage, raw: string): EventOf<'sessionStarted'> =>
  omitUndefined({
    kind: 'sessionStarted',
    ...(connectorRefOf(wire) ?? wholeCharger),
    transactionId: wire.transactionInfo.transactionId,
    tokenId: tokenOf(wire.idToken),
    timestamp: timestampOf(wire.timestamp),
    reservationId: storableNumber(wire.reservationId),
    remoteStartId: storableNumber(wire.transactionInfo.remoteStartId),
    isContinued: isContinued(wire) ? true : undefined,
    raw,
  } as const);

/** The first message of a transaction has the number 0; one that goes on after a power cut is resumed (OCPP 2.1 E17). */
const isContinued = ({ seqNo, triggerReason }: TransactionMessage): boolean =>
  (storableNumber(seqNo) ?? 0) > 0 || triggerReason === 'TxResumed';

const toPresented = (
  wire: TransactionMessage,
  raw: string,
): readonly EventOf<'tokenPresented'>[] => {
  const tokenId = tokenOf(wire.idToken);
  if (tokenId === undefined) return [];
  const { transactionId } = wire.transactionInfo;
  const session = omitUndefined({
    transactionId,
    timestamp: timestampOf(wire.timestamp),
    hasEnded: stageOf(wire.eventType) === 'ended' ? (true as const) : undefined,
  });
  return [{ kind: 'tokenPresented', tokenId, session, raw }];
};

const toStopped = (wire: TransactionMessage, raw: string): EventOf<'sessionStopped'> =>
  omitUndefined({
    kind: 'sessionStopped',
    place: connectorRefOf(wire),
    transactionId: wire.transactionInfo.transactionId,
    tokenId: tokenOf(wire.idToken),
    meterStop: finalRegister(wire),
    timestamp: timestampOf(wire.timestamp),
    // It may be left out only where it is this one.
    reason: wire.transactionInfo.stoppedReason ?? 'Local',
    raw,
  } as const);

/**
 * Writes TransactionEventResponse, from the answers to all that its request said. What a session cost so far is said while it runs
 * only: that of one which has ended is final.
 */
export const transactionEventResponse = (
  given: readonly GivenAnswer[],
): TransactionEventResponse => {
  const hasEnded = given.some(({ kind }) => kind === 'sessionStopped');
  return Object.assign({}, ...given.map((one) => partOf(one, hasEnded)));
};

const partOf = (given: GivenAnswer, hasEnded: boolean): TransactionEventResponse => {
  switch (given.kind) {
    case 'sessionStarted':
      return authorized(given.answer);
    case 'tokenPresented':
      return { ...authorized(given.answer), ...(hasEnded ? {} : running(given.answer)) };
    case 'sessionReported':
      return hasEnded ? {} : running(given.answer);
    case 'sessionStopped':
      return stopped(given.answer);
    default:
      return {};
  }
};

const authorized = ({
  authorization,
}: Partial<Answers['tokenPresented']>): TransactionEventResponse =>
  authorization === undefined ? {} : { idTokenInfo: idTokenInfo(authorization) };

/** The cost so far, as a number and for the display. */
const running = ({ running: known }: Answers['sessionReported']): TransactionEventResponse => {
  if (known === undefined) return {};
  const { energyKwh, totalCost, currency } = known;
  return {
    totalCost: Number(totalCost),
    updatedPersonalMessage: {
      format: 'UTF8',
      language: 'en',
      content: `${energyKwh} kWh, ${totalCost} ${currency}`,
    },
  };
};

const stopped = ({ totalCost }: Answers['sessionStopped']): TransactionEventResponse =>
  totalCost === undefined ? {} : { totalCost: Number(totalCost) };
