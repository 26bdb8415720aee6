import type { ChargerFacts } from '../connection/charger-facts.ts';
import type { ChargerRow, ConnectorCell } from './charger-row.ts';

/** A session in progress that needs a look. */
export type OddSession = {
  readonly operatorName: string;
  readonly chargerId: string;
  readonly connector: string;
  readonly sessionId: string;
  readonly startedAt: string;
  readonly energyKwh: string;
  /** `no-energy` after half an hour, or `long` after a day. */
  readonly why: 'no-energy' | 'long';
};

/** Sums over chargers that were looked at. */
export type FleetSums = {
  readonly looked: number;
  readonly online: number;
  readonly connectors: number;
  /** Connectors with a session in progress. */
  readonly occupied: number;
  /** Their power together, kW. */
  readonly powerKw: number;
  /** Chargers by vendor, model and firmware, as they gave them at boot. */
  readonly firmware: ReadonlyMap<string, number>;
  /** Connectors by the error that they report now. */
  readonly errors: ReadonlyMap<string, number>;
  readonly odd: readonly OddSession[];
};

const minute = 60_000;
const noEnergyAfter = 30 * minute;
const longAfter = 24 * 60 * minute;

/** The charger of a row, with its facts. */
export type LookedAt = { readonly row: ChargerRow; readonly facts: ChargerFacts };

/** Adds up chargers. `now` is our clock in epoch ms. */
export function fleetSums(looked: readonly LookedAt[], now: number): FleetSums {
  const connectors = looked.flatMap(({ row }) => row.connectors);
  const sessions = connectors.flatMap(({ session }) => session ?? []);
  return {
    looked: looked.length,
    online: looked.filter(({ row }) => row.isOnline).length,
    connectors: connectors.length,
    occupied: sessions.length,
    powerKw: sessions.reduce((sum, { powerKw = '0' }) => sum + Number(powerKw), 0),
    firmware: counted(looked.map(({ row }) => row.device || 'unknown')),
    errors: counted(looked.flatMap(({ facts }) => facts.connectors.flatMap(errorOf))),
    odd: looked.flatMap(({ row }) => row.connectors.flatMap((one) => oddOf(row, one, now))),
  };
}

function counted(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

const errorOf = ({ errorCode, vendorErrorCode }: ChargerFacts['connectors'][number]): string[] => {
  const code = errorCode === 'NoError' ? undefined : errorCode;
  const words = [code, vendorErrorCode].filter((word) => word !== undefined && word !== '');
  return words.length === 0 ? [] : [words.join(' · ')];
};

function oddOf(row: ChargerRow, { name, session }: ConnectorCell, now: number): OddSession[] {
  if (session?.startedAt === undefined) return [];
  const { sessionId, startedAt, energyKwh } = session;
  const age = now - Date.parse(startedAt);
  const isEmpty = age >= noEnergyAfter && Number(energyKwh) === 0;
  if (!isEmpty && age < longAfter) return [];
  const { operatorName, chargerId } = row;
  const why = isEmpty ? 'no-energy' : 'long';
  return [{ operatorName, chargerId, connector: name, sessionId, startedAt, energyKwh, why }];
}
