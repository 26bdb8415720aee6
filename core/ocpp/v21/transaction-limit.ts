import { omitUndefined } from '../../units/omit-undefined.ts';
import type { GivenAnswer } from '../answer.ts';
import type { TransactionEventResponse } from '../generated/v21/transaction-event-response.js';

/**
 * Writes the limit of a transaction that TransactionEventResponse of OCPP 2.1 carries (use case E16), from the answers to all that its
 * request said; nothing where there is none, or where the transaction has ended.
 */
export const transactionLimit = (
  given: readonly GivenAnswer[],
): Pick<TransactionEventResponse, 'transactionLimit'> => {
  if (given.some(({ kind }) => kind === 'sessionStopped')) return {};
  const [limit] = given.flatMap((one) =>
    one.kind === 'sessionStarted' || one.kind === 'tokenPresented' ? (one.answer.limit ?? []) : [],
  );
  if (limit === undefined) return {};
  const { maxCost, maxEnergyWh } = limit;
  return {
    transactionLimit: omitUndefined({
      maxCost: maxCost === undefined ? undefined : Number(maxCost),
      maxEnergy: maxEnergyWh,
    }),
  };
};
