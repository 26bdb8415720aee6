import { milliWattHours } from '../../units/energy.ts';
import { instant, isoInstant } from '../../units/instant.ts';
import type { EnergyCandidate } from '../model/metered.ts';
import type { MeteringFacts } from '../model/metering-facts.ts';
import { countRegisterEnergy, type RegisterPoint } from '../register/count-register-energy.ts';
import { anyChargerBound, physicalBound } from '../register/physical-bound.ts';
import type { ElsewhereEnergy } from './count-elsewhere.ts';
import { type CountedEnergy, rollovers } from './count-energy.ts';
import { leastDrawn } from './integrate-power.ts';
import { otherCandidates } from './other-candidates.ts';
import type { SessionView } from './session-view.ts';
import { shownWh } from './shown-wh.ts';

/**
 * The energies that an ended session can have had, each by one kind of evidence alone, best first: what a person needs to
 * decide where they contradict each other. What the charger cannot deliver in the time is left out, and so is evidence of
 * which there is none.
 */
export const energyCandidates = (
  view: SessionView,
  counted: CountedEnergy,
  facts: MeteringFacts,
  elsewhere: readonly ElsewhereEnergy[],
): readonly EnergyCandidate[] => {
  const { window } = view;
  const bound = physicalBound(facts.maxPowerW) ?? anyChargerBound;
  const until = instant(BigInt(facts.stop?.receivedAt ?? 0));
  const within = (to: bigint) => bound(to - window.startedAt);
  const all = [
    ...bySignedValues(facts),
    ...byRegisterEnds(view),
    ...byReadings(view, facts),
    ...byRises(counted),
    ...byIntervals(view),
    ...byPower(view),
    ...otherCandidates(view, counted, facts, elsewhere),
  ].filter(({ by, energy }) => {
    const isLonger = by === 'receipts' && until > window.endedAt;
    return energy >= 0n && energy <= within(isLonger ? until : window.endedAt);
  });
  return all.filter(
    ({ by, energy }, n) => by !== 'other-register' || isNew(all.slice(0, n), energy),
  );
};

const isNew = (listed: readonly EnergyCandidate[], energy: bigint): boolean =>
  listed.every((other) => other.energy !== energy);

const candidate = (
  by: EnergyCandidate['by'],
  energy: bigint,
  reason: string,
): readonly EnergyCandidate[] => [{ by, energy: milliWattHours(energy), reason }];

const time = (at: bigint): string => isoInstant(instant(at));

const bySignedValues = ({ verified }: MeteringFacts): readonly EnergyCandidate[] => {
  if (verified === undefined) return [];
  const [from, to] = [verified.start.register, verified.stop.register];
  const reason = `The verified signed values show ${shownWh(from)} at the start and ${shownWh(to)} at the stop.`;
  return candidate('signed-values', to - from, reason);
};

const byRegisterEnds = ({ line: { start, stop } }: SessionView): readonly EnergyCandidate[] =>
  start === undefined || stop === undefined
    ? []
    : candidate(
        'register-ends',
        stop.value - start.value,
        `The register shows ${shownWh(start.value)} at the start and ${shownWh(stop.value)} at the stop.`,
      );

/** Energy between the ends of one source, if it did not fall. */
const byReadings = ({ line }: SessionView, facts: MeteringFacts): readonly EnergyCandidate[] => {
  const between = line.points.filter((point) => point !== line.start && point !== line.stop);
  const [first, last] = [between[0], between.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  if (risesOf(between, facts) > last.value - first.value) return [];
  const reason = `The readings go from ${shownWh(first.value)} at ${time(first.at)} to ${shownWh(last.value)} at ${time(last.at)}.`;
  return candidate('readings', risesOf(between, facts), reason);
};

const risesOf = (points: readonly RegisterPoint[], facts: MeteringFacts): bigint => {
  const bound = physicalBound(facts.maxPowerW);
  const rules = { bound, moduli: rollovers(facts), closed: false, ended: true };
  return countRegisterEnergy(points, rules, () => undefined).steps.at(-1)?.energy ?? 0n;
};

const byRises = ({ quality, steps, energy }: CountedEnergy): readonly EnergyCandidate[] =>
  quality === 'register' && steps.length > 1
    ? candidate('rises', energy, 'The rises of the register from start to stop add up to this.')
    : [];

const ofIntervals = {
  own: 'The reported intervals amount to this.',
  'so-far': 'The last of the reported intervals, if each has all of the energy so far.',
  repeated:
    'The reported intervals amount to this without those that have the energy of others again.',
} as const;

const byIntervals = ({
  intervals,
  intervalMeaning,
  addedIntervals,
  intervalsOfPhases,
}: SessionView): readonly EnergyCandidate[] => {
  const last = intervals.at(-1);
  if (last === undefined) return [];
  return [
    ...candidate(
      'intervals',
      last.energy,
      ofIntervals[last.energy === addedIntervals ? 'own' : intervalMeaning],
    ),
    ...(last.energy === addedIntervals
      ? []
      : candidate(
          'intervals',
          addedIntervals,
          'The reported intervals amount to this, if each has its own energy.',
        )),
    ...(intervalsOfPhases === undefined
      ? []
      : candidate(
          'intervals',
          intervalsOfPhases,
          'Each phase shows the same intervals; together they amount to this.',
        )),
  ];
};

const minute = 60_000n;

const byPower = ({ spans, power, window }: SessionView): readonly EnergyCandidate[] => {
  if (spans.length === 0) return bySparsePower(power);
  const energy = spans.reduce((sum, span) => sum + span.energy, 0n);
  const covered = spans.reduce((sum, { from, to }) => sum + (to.at - from.at), 0n);
  const length = window.endedAt - window.startedAt;
  const reason = `The power adds up to this; it was measured for ${covered / minute} of ${length / minute} minutes.`;
  return candidate('power', energy, reason);
};

const bySparsePower = (power: SessionView['power']): readonly EnergyCandidate[] => {
  const energy = leastDrawn(power);
  return energy === 0n
    ? []
    : candidate(
        'power',
        energy,
        'The power, measured less often than each 15 minutes, adds up to at least this.',
      );
};
