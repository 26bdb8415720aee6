import type { Points, Series } from '../metering/points/points.ts';

const phases = ['L1', 'L2', 'L3'] as const;

type Phase = (typeof phases)[number];

/**
 * The currents of a session that runs, as far as its alerts need them: its running view keeps none. All times are by the charger's clock,
 * epoch ms.
 */
export type CurrentWatch = {
  /** Of the latest currents. */
  readonly at: number;
  /** True once each phase carried current at one time. */
  readonly isThreePhase: boolean;
  /** The phase that carries next to nothing while the two others go on, and since when. */
  readonly lost?: { readonly phase: Phase; readonly since: number };
  /** Since when more than 5 A flow, or 1,150 W. */
  readonly flowsSince?: number;
};

/** Milliamperes at one time: of each phase that is known, and the most that is known to flow. */
type Currents = { readonly byPhase: ReadonlyMap<Phase, bigint>; readonly most: bigint };

/** mA that flow for sure. */
const flowing = 5_000n;

/** mA from which on a phase is in use. */
const used = 1_000n;

const volts = 230n;

const phaseOf = ({ key }: Series): Phase | undefined =>
  phases.find((phase) => key.phase === phase || key.phase === `${phase}-N`);

/** One current at one time. */
type Flow = { readonly at: number; readonly phase: Phase | undefined; readonly flows: bigint };

const flowsOf = (one: Series): readonly Flow[] =>
  one.samples.map(({ at, value }) => ({
    at: Number(at),
    phase: phaseOf(one),
    flows: one.key.quantity === 'power' ? value / volts : value,
  }));

const withFlow = ({ byPhase, most }: Currents, { phase, flows }: Flow): Currents => ({
  byPhase: phase === undefined ? byPhase : new Map([...byPhase, [phase, flows]]),
  most: flows > most ? flows : most,
});

/** Currents after a time, in order; of what is reported as current and as power, the current counts. */
function currentsAfter({ series }: Points, time: number): readonly (readonly [number, Currents])[] {
  const measured = [...series.values()].filter(({ key }) => key.location !== 'EV');
  const of = (quantity: string) => measured.filter(({ key }) => key.quantity === quantity);
  const byTime = new Map<number, Currents>();
  for (const flow of [...of('power'), ...of('current')].flatMap(flowsOf)) {
    if (flow.at <= time) continue;
    const known = byTime.get(flow.at) ?? { byPhase: new Map(), most: 0n };
    byTime.set(flow.at, withFlow(known, flow));
  }
  return [...byTime].sort(([a], [b]) => a - b);
}

/** The phase with less than a tenth of each of the two others, which are in use. */
const lostOf = (byPhase: Currents['byPhase']): Phase | undefined =>
  phases.find((phase) => {
    const others = phases.filter((other) => other !== phase).map((other) => byPhase.get(other));
    const own = byPhase.get(phase);
    return (
      own !== undefined &&
      others.every((other) => other !== undefined && other >= used && own * 10n < other)
    );
  });

function follow(
  before: CurrentWatch | undefined,
  at: number,
  { byPhase, most }: Currents,
): CurrentWatch {
  const wasThreePhase = before?.isThreePhase ?? false;
  const phase = wasThreePhase ? lostOf(byPhase) : undefined;
  const since = before?.lost?.phase === phase ? before?.lost?.since : undefined;
  return {
    at,
    isThreePhase: wasThreePhase || phases.every((one) => (byPhase.get(one) ?? 0n) >= used),
    ...(phase !== undefined && { lost: { phase, since: since ?? at } }),
    ...(most > flowing && { flowsSince: before?.flowsSince ?? at }),
  };
}

/**
 * Follows the currents and powers among the points of a session, from what was known before; what is older changes nothing. Undefined
 * where none was ever measured.
 */
export const followCurrents = (
  before: CurrentWatch | undefined,
  points: Points,
): CurrentWatch | undefined =>
  currentsAfter(points, before?.at ?? Number.NEGATIVE_INFINITY).reduce<CurrentWatch | undefined>(
    (watch, [at, currents]) => follow(watch, at, currents),
    before,
  );

const radix = 36;
const ago = (at: number, since: number | undefined): string =>
  since === undefined ? '' : (at - since).toString(radix);

/** Writes it as short text, of some twenty characters. */
export const encodeCurrents = ({ at, isThreePhase, lost, flowsSince }: CurrentWatch): string =>
  [
    at.toString(radix),
    isThreePhase ? 3 : 1,
    ago(at, flowsSince),
    lost === undefined ? '' : `${lost.phase}${ago(at, lost.since)}`,
  ].join('.');

/** Reads what `encodeCurrents` wrote. */
export function decodeCurrents(text: string): CurrentWatch {
  const [time = '', count, flows = '', lost = ''] = text.split('.');
  const at = Number.parseInt(time, radix);
  const phase = phases.find((one) => lost.startsWith(one));
  const before = (difference: string): number => at - Number.parseInt(difference, radix);
  return {
    at,
    isThreePhase: count === '3',
    ...(phase !== undefined && { lost: { phase, since: before(lost.slice(2)) } }),
    ...(flows !== '' && { flowsSince: before(flows) }),
  };
}
