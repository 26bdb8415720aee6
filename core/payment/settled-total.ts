import { readCdrId } from '../cdr/seal/cdr-id.ts';

/**
 * The sum of a bill's totals, which are by the ids of its CDRs. A correction counts once it is known whole: the credit and the CDR that
 * replaces what it credits become known one after the other, and until both are the bill before them stands. Nobody is then
 * asked for both bills, or given all back. `lastCredit` is the credit that no CDR follows, by its id: it counts alone.
 */
export function settledTotal(
  totals: Readonly<Record<string, bigint>>,
  lastCredit?: string,
): bigint {
  const known = Object.entries(totals).map(([cdrId, amount]) => ({ ...readCdrId(cdrId), amount }));
  const at = (number: number, isCredit: boolean): bigint | undefined =>
    known.find((one) => one.number === number && one.isCredit === isCredit)?.amount;
  const credited = known.flatMap((one) => (one.isCredit === true ? (one.number ?? []) : []));
  const first = at(1, false);
  // Bills may have been switched on between a CDR and its correction.
  let number = first === undefined ? Math.min(...credited) : 1;
  let sum = known.reduce(
    (all, one) => (one.number === undefined ? all + one.amount : all),
    first ?? 0n,
  );
  for (;;) {
    const [credit, replacement] = [at(number, true), at(number + 1, false)];
    const isLast = readCdrId(lastCredit ?? '')?.number === number;
    if (credit === undefined || (replacement === undefined && !isLast)) return sum;
    sum += credit + (replacement ?? 0n);
    number += 1;
  }
}
