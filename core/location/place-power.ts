import type { ConnectorRef } from '../charger/connector-ref.ts';
import { conductorsOf } from '../ocpi/received/connector-power.ts';
import { type ConnectorFacts, connectorFactsOf, type EvseFacts } from './evse-facts.ts';

const powerOf = (facts: ConnectorFacts): number | undefined => {
  const { maxPowerW, maxVoltage, maxAmperage, powerType } = facts;
  if (maxPowerW !== undefined) return maxPowerW;
  if (maxVoltage === undefined || maxAmperage === undefined || powerType === undefined) return;
  return maxVoltage * maxAmperage * conductorsOf(powerType);
};

/**
 * The most that a connector of a charger delivers in W, by what was stated of it; where it is not known which one, that of the
 * most powerful if it was stated of all of them. `undefined` where it was not.
 */
export const placePower = (
  evses: readonly EvseFacts[] | undefined,
  place: ConnectorRef | undefined,
): number | undefined => {
  const facts = place && connectorFactsOf(evses, place);
  if (facts !== undefined) return powerOf(facts);
  const all = (evses ?? []).flatMap(({ connectors }) => connectors.map(powerOf));
  const known = all.filter((power) => power !== undefined);
  return all.length > 0 && known.length === all.length ? Math.max(...known) : undefined;
};
