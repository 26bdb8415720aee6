import { stageOf, type TransactionMessage } from './transaction-message.ts';

/**
 * For how long energy flowed to the vehicle, in s, as the last message of a transaction says (timeSpentCharging of OCPP 2.x); undefined
 * where it does not. Chargers that do not count it say 0.
 */
export const chargedSeconds = ({
  eventType,
  transactionInfo: { timeSpentCharging },
}: TransactionMessage): number | undefined =>
  stageOf(eventType) === 'ended' && typeof timeSpentCharging === 'number' && timeSpentCharging > 0
    ? timeSpentCharging
    : undefined;
