import type { SampledValueType } from '../generated/v201/transaction-event-request.js';
import type { Tolerated } from './tolerated.ts';
import type { TransactionMessage } from './transaction-message.ts';

const factors: ReadonlyMap<string, number> = new Map([
  ['wh', 1],
  ['kwh', 1000],
]);

const isTotalRegister = ({
  measurand = 'Energy.Active.Import.Register',
  phase,
  location = 'Outlet',
}: Tolerated<SampledValueType>): boolean =>
  measurand === 'Energy.Active.Import.Register' && phase === undefined && location === 'Outlet';

const whOf = ({ value, unitOfMeasure }: Tolerated<SampledValueType>): number | undefined => {
  const { unit = 'Wh', multiplier = 0 } = unitOfMeasure ?? {};
  const factor = factors.get(unit.toLowerCase());
  if (factor === undefined || Math.abs(multiplier) > 12) return undefined;
  const wh = Number((value * factor * 10 ** multiplier).toFixed(3));
  return wh > 0 ? wh : undefined;
};

/**
 * The register at the end of a transaction in Wh, which OCPP 1.6 says by itself and 2.x by the value of `Transaction.End`; absent
 * where there is none. The next session of the connector goes on from there.
 */
export const finalRegister = ({ meterValue = [] }: TransactionMessage): number | undefined => {
  const end = meterValue
    .flatMap(({ sampledValue }) => sampledValue)
    .filter((sample) => sample.context === 'Transaction.End' && isTotalRegister(sample))
    .at(-1);
  return end && whOf(end);
};
