import type { ChargerCost, ChargerSays, KeptLimit } from '../../cdr/compute/charger-says.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import type {
  CostDetailsType,
  TransactionEventRequest,
} from '../generated/v21/transaction-event-request.js';
import { stageOf, type TransactionMessage } from '../v2x/transaction-message.ts';

const limits: Readonly<Record<string, KeptLimit>> = {
  CostLimitReached: 'cost',
  EnergyLimitReached: 'energy',
  TimeLimitReached: 'time',
  SoCLimitReached: 'state of charge',
};

/** More places than any price has are the noise of a float; one that no session costs is none. */
const amount = (value: number | undefined): string | undefined =>
  value === undefined || Math.abs(value) >= 1e15 ? undefined : value.toFixed(6);

const costOf = ({ totalCost, failureToCalculate, failureReason }: CostDetailsType): ChargerCost =>
  failureToCalculate
    ? omitUndefined({ kind: 'failed', reason: failureReason } as const)
    : omitUndefined({
        kind: 'computed',
        currency: totalCost.currency.toUpperCase(),
        exclVat: amount(totalCost.total.exclTax),
        inclVat: amount(totalCost.total.inclTax),
      } as const);

/**
 * Reads what a charger of OCPP 2.1 says in TransactionEventRequest of its own doing: what the transaction cost in the end by its own
 * calculation (use case I07), and the limit that was reached (use case E16). Undefined where it says neither.
 */
export const chargerSays = (wire: TransactionMessage): ChargerSays | undefined => {
  // The validated message has the fields of its own version as well.
  const { costDetails } = wire as Partial<Pick<TransactionEventRequest, 'costDetails'>>;
  const limit = limits[wire.triggerReason ?? ''];
  const isLast = stageOf(wire.eventType) === 'ended';
  const cost = costDetails !== undefined && isLast ? costOf(costDetails) : undefined;
  return limit === undefined && cost === undefined
    ? undefined
    : omitUndefined({ at: wire.timestamp ?? '', cost, limit });
};
