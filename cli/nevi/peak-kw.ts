/** A sampled value as the API lists it. */
type Sampled = {
  readonly value: string;
  readonly measurand: string;
  readonly phase?: string;
  readonly unit?: string;
  readonly multiplier: number;
};

/** A reading as the API lists it. */
export type ListedReading = {
  readonly values: readonly { readonly sampledValues: readonly Sampled[] }[];
};

const kwOf = ({ value, unit, multiplier }: Sampled): number =>
  (Number(value) * 10 ** multiplier) / (unit === 'kW' ? 1 : 1_000);

/** The power of one point in time: the total where the charger sent it, or else the sum of its phases. */
function powerOf(sampled: readonly Sampled[]): readonly number[] {
  const power = sampled.filter(({ measurand }) => measurand === 'Power.Active.Import');
  const totals = power.filter(({ phase }) => phase === undefined).map(kwOf);
  if (totals.length > 0) return totals;
  const phases = power.map(kwOf);
  return phases.length === 0 ? [] : [phases.reduce((sum, one) => sum + one, 0)];
}

/** The highest power that a charger reported, kW with up to 3 decimals; undefined where it reported none. */
export function peakKw(readings: readonly ListedReading[]): number | undefined {
  const all = readings
    .flatMap(({ values }) => values.flatMap(({ sampledValues }) => powerOf(sampledValues)))
    .filter(Number.isFinite);
  return all.length === 0
    ? undefined
    : Math.round(all.reduce((a, b) => Math.max(a, b)) * 1_000) / 1_000;
}
