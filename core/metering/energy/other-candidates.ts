import { ascending } from '../../units/ascending.ts';
import { milliWattHours } from '../../units/energy.ts';
import type { EnergyCandidate } from '../model/metered.ts';
import type { MeteringFacts } from '../model/metering-facts.ts';
import type { RegisterPoint } from '../register/count-register-energy.ts';
import { energiesByMessages } from './check-ends.ts';
import { contraryStops } from './check-stops.ts';
import type { ElsewhereEnergy } from './count-elsewhere.ts';
import { type CountedEnergy, rulesOf } from './count-energy.ts';
import { riseOf } from './rise-of.ts';
import type { SessionView } from './session-view.ts';
import { shownWh } from './shown-wh.ts';

/**
 * The energies that a session can have had if something in its messages means another thing than it says: its readings are dated wrongly, a second
 * register is the right one, its registers count kWh or thousandths, or the start of the register is unknown.
 */
export const otherCandidates = (
  view: SessionView,
  counted: CountedEnergy,
  facts: MeteringFacts,
  elsewhere: readonly ElsewhereEnergy[],
): readonly EnergyCandidate[] => [
  ...byReceipts(elsewhere, counted),
  ...byStops(view, counted, facts),
  ...byOtherRegisters(view, counted, facts),
  ...byOtherEnds(view, counted),
  ...inOtherUnits(view),
  ...sincePrevious(view, facts),
];

const one = (
  by: EnergyCandidate['by'],
  energy: bigint,
  reason: string,
): readonly EnergyCandidate[] => [{ by, energy: milliWattHours(energy), reason }];

const byReceipts = (
  elsewhere: readonly ElsewhereEnergy[],
  { energy }: CountedEnergy,
): readonly EnergyCandidate[] => {
  const most =
    elsewhere
      .flatMap(({ register, intervals, drawn }) => [register, intervals, drawn])
      .sort(ascending)
      .at(-1) ?? 0n;
  return most > energy
    ? one('receipts', most, 'All readings that were received before the stop amount to this.')
    : [];
};

const byStops = (
  view: SessionView,
  counted: CountedEnergy,
  facts: MeteringFacts,
): readonly EnergyCandidate[] =>
  contraryStops(view, counted, facts).flatMap(({ register, energy }) =>
    one(
      'other-register',
      energy,
      `A stop of the session states a register of ${shownWh(register)}.`,
    ),
  );

const byOtherRegisters = (
  view: SessionView,
  { leftOut, energy }: CountedEnergy,
  facts: MeteringFacts,
): readonly EnergyCandidate[] => {
  const rules = rulesOf(view, facts);
  const shown = [
    leftOut,
    view.line.others ?? [],
    ...[...view.registers, ...view.nets]
      .filter(({ phase }) => phase === '')
      .map(({ points }) => points),
  ].map((points: readonly RegisterPoint[]) => riseOf(points, rules));
  const energies = new Set(shown.filter(({ isClean }) => isClean).map((rise) => rise.energy));
  return [...energies]
    .filter((rise) => rise > 0n && rise !== energy)
    .flatMap((rise) =>
      one('other-register', rise, `Another register of the session rose by ${shownWh(rise)}.`),
    );
};

const byOtherEnds = (view: SessionView, { energy }: CountedEnergy): readonly EnergyCandidate[] => [
  ...energiesByMessages(view).flatMap((stated) =>
    one('other-register', stated, `Start and stop message alone show ${shownWh(stated)}.`),
  ),
  ...(view.repeatedPhases > 0n && energy > 0n
    ? one(
        'other-register',
        energy * view.repeatedPhases,
        `Each of ${view.repeatedPhases} phases shows the same; together they amount to this.`,
      )
    : []),
];

/** So much, in mWh, is what a session can be in another unit: 100 Wh. */
const comparable = 100_000n;

/** No vehicle takes more than this, in mWh: 300 kWh. */
const mostOfAnyVehicle = 300_000_000n;

/** No register in kWh is above this, in mWh as it is labelled: 2 GWh. */
const mostOfKwh = 2_000_000_000n;

const inOtherUnits = (view: SessionView): readonly EnergyCandidate[] => {
  const { start, stop } = view.line;
  const inKwh = [...intervalsInKwh(view), ...readingsInKwh(view)];
  if (start === undefined || stop === undefined) return inKwh;
  const ends = stop.value - start.value;
  return [
    ...(ends * 1000n >= comparable && start.value <= mostOfKwh
      ? one('register-in-kwh', ends * 1000n, 'The registers of start and stop count kWh.')
      : []),
    ...(ends > mostOfAnyVehicle
      ? one(
          'register-in-thousandths',
          ends / 1000n,
          'The registers of start and stop count thousandths of a Wh.',
        )
      : []),
    ...inKwh,
  ];
};

const intervalsInKwh = ({ intervals }: SessionView): readonly EnergyCandidate[] => {
  const energy = (intervals.at(-1)?.energy ?? 0n) * 1000n;
  return energy < comparable ? [] : one('intervals', energy, 'The reported intervals count kWh.');
};

/** Readings in kWh after a start in Wh, where nothing is known of the stop. */
const readingsInKwh = ({
  registers,
  window: { startRegister, stopRegister },
}: SessionView): readonly EnergyCandidate[] => {
  const last = registers.find(({ phase }) => phase === '')?.points.at(-1);
  if (last === undefined || startRegister === undefined || stopRegister !== undefined) return [];
  const energy = last.value * 1000n - startRegister;
  return energy < comparable ? [] : one('register-in-kwh', energy, 'The readings count kWh.');
};

const sincePrevious = (
  { line: { stop } }: SessionView,
  { previousRegister }: MeteringFacts,
): readonly EnergyCandidate[] =>
  stop === undefined || previousRegister === undefined
    ? []
    : one(
        'since-previous-session',
        stop.value - previousRegister,
        `The previous session of the connector ended at ${shownWh(previousRegister)}, and this one at ${shownWh(stop.value)}.`,
      );
