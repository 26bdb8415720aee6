import type { SampledValue } from '../model/reading.ts';
import type { MeasuredQuantity } from './points.ts';

// Maps, since a charger may send words that every object has, as `constructor`.
const quantities: ReadonlyMap<string, MeasuredQuantity> = new Map([
  ['energy.active.import.register', 'register'],
  ['energy.active.net', 'net'],
  ['energy.active.import.interval', 'interval'],
  ['power.active.import', 'power'],
  ['current.import', 'current'],
]);

/** Names of OCPP 2.1 for what has another name in all versions: the state of charge as the vehicle displays it. */
const otherNames: ReadonlyMap<string, string> = new Map([['display.presentsoc', 'soc']]);

const phases = new Map(
  ['L1', 'L2', 'L3', 'N', 'L1-N', 'L2-N', 'L3-N', 'L1-L2', 'L2-L3', 'L3-L1'].map((phase) => [
    phase.toLowerCase(),
    phase,
  ]),
);

/** A phase that the standard does not have; its values count for nothing. */
const unknownPhase = '?';

/** The measurand of a sampled value, without a phase appended to it (`Voltage.L1`). */
export type Subject = {
  /** In lower case. */
  readonly measurand: string;
  /** Absent when the measurand has nothing to do with the bill. */
  readonly quantity?: MeasuredQuantity;
  /** `` for the overall value. */
  readonly phase: string;
};

/** Says what a sampled value is of; names are compared without case. */
export const subjectOf = ({ measurand, phase }: SampledValue): Subject => {
  const name = measurand.trim().toLowerCase();
  const glued = /^(.+)\.(l[123](?:-n)?)$/.exec(name);
  const named = glued?.[1] ?? name;
  const bare = otherNames.get(named) ?? named;
  const spelled = (phase ?? glued?.[2] ?? '').trim().toLowerCase();
  const quantity = quantities.get(bare);
  return {
    measurand: bare,
    ...(quantity !== undefined && { quantity }),
    phase: spelled === '' ? '' : (phases.get(spelled) ?? unknownPhase),
  };
};

/** A unit as the power of ten that leads to mWh, mW or mA, and whether it was really the unit of the other quantity. */
export type UnitReading = { readonly places: number; readonly mismatch: boolean };

const energyUnits: ReadonlyMap<string, number> = new Map([
  ['wh', 3],
  ['kwh', 6],
]);
const powerUnits: ReadonlyMap<string, number> = new Map([
  ['w', 3],
  ['kw', 6],
]);

/**
 * Reads the unit of an energy or a power, without case. Absent: Wh for energy (OCPP 1.6 section 7.43), W for power,
 * where the standard says nothing. W and kW on an energy mean Wh and kWh, and the other way round.
 * `undefined`: a unit of something else.
 */
export const unitOf = (
  unit: string | undefined,
  quantity: MeasuredQuantity,
): UnitReading | undefined => {
  if (quantity === 'current') return currentUnitOf(unit);
  const [own, other] = quantity === 'power' ? [powerUnits, energyUnits] : [energyUnits, powerUnits];
  const name = (unit ?? '').trim().toLowerCase();
  if (name === '') return { places: 3, mismatch: false };
  const places = own.get(name) ?? other.get(name);
  return places === undefined ? undefined : { places, mismatch: !own.has(name) };
};

/** A for currents, also where no unit is given. */
const currentUnitOf = (unit: string | undefined): UnitReading | undefined =>
  ['', 'a'].includes((unit ?? '').trim().toLowerCase())
    ? { places: 3, mismatch: false }
    : undefined;

const locations = new Map(
  ['Outlet', 'Cable', 'Body', 'Inlet', 'EV'].map((location) => [location.toLowerCase(), location]),
);

/** A location in the standard's spelling; one that the standard does not have is `Other`. */
export const locationOf = (location: string): string =>
  locations.get(location.trim().toLowerCase()) ?? 'Other';
