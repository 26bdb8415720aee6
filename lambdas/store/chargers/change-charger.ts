import { type Changing, changeVersioned } from '../table/change-versioned.ts';
import type { Database } from '../table/client.ts';
import { chargerItemKey } from '../table/keys/charger-keys.ts';
import { type Charger, chargerFrom, locationEntryOf } from './chargers.ts';

/** The facts about a charger that its operator may change. */
export type ChargerFact =
  | 'name'
  | 'maxPowerKw'
  | 'connectors'
  | 'evses'
  | 'timeZone'
  | 'tariffId'
  | 'locationId'
  | 'commissionedAt'
  | 'approval';

/** New values of facts; the ones in `remove` are known no longer. What is in neither stays as it is. */
export type ChargerChange = {
  readonly set: Partial<Pick<Charger, ChargerFact>>;
  readonly remove: readonly ChargerFact[];
};

/**
 * Changes facts about a charger, each on its own, so that changes made at the same time to different facts all hold. With
 * `version`, only if nobody has changed the charger since that version was read.
 */
export async function changeCharger(
  database: Database,
  { operatorId, chargerKey }: Pick<Charger, 'operatorId' | 'chargerKey'>,
  { set, remove }: ChargerChange,
  changing: Changing,
): Promise<Charger | 'absent' | 'changed'> {
  const change = {
    set: {
      ...set,
      evses: set.evses && JSON.stringify(set.evses),
      ...locationEntryOf(operatorId, set.locationId),
    },
    remove: remove.flatMap((fact) => (fact === 'locationId' ? [fact, 'chargerListKey'] : [fact])),
  };
  const changed = await changeVersioned(database, chargerItemKey(chargerKey), change, changing);
  return typeof changed === 'string' ? changed : chargerFrom(changed);
}
