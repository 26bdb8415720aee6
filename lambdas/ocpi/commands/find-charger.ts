import type { ConnectorRef } from '../../../core/charger/connector-ref.ts';
import { evseUid } from '../../../core/location/evse-uid.ts';
import type { PartnerLocation } from '../../../core/ocpi/model/location.ts';
import type { Party } from '../../../core/ocpi/model/party.ts';
import { evseOfNumber } from '../../../core/ocpp/connector-of-number.ts';
import { isOnline } from '../../connection/charger-facts.ts';
import { readChargerAndConnection } from '../../store/chargers/charger-and-connection.ts';
import type { Charger } from '../../store/chargers/chargers.ts';
import type { Connection } from '../../store/chargers/connections.ts';
import { listChargersOfLocation } from '../../store/chargers/list-chargers-of-location.ts';
import { readPublication } from '../../store/partners/publications.ts';
import { isElsewhere, type OcpiCaller } from '../ocpi-caller.ts';
import { shownParties } from '../shown-parties.ts';
import type { Refusal } from './refusal.ts';

/** A charger that can be commanded now. */
export type Target = { readonly charger: Charger; readonly connection: Connection };

/** A charger, and the EVSE of it that is meant; absent where any will do. */
export type PlacedTarget = Target & {
  readonly connector?: ConnectorRef;
  /** The party of ours whose location it is at. */
  readonly us: Party;
};

const refused = (message: string): Refusal => ({ result: 'REJECTED', message });

/** Reads a charger by its key, if it can be commanded now. */
export async function readTarget(
  { database, services }: OcpiCaller,
  chargerKey: string,
): Promise<Target | Refusal> {
  const { charger, connection } = await readChargerAndConnection(database, chargerKey);
  if (charger === undefined || charger.approval !== undefined) {
    return refused('The charger is not in use.');
  }
  return connection !== undefined && isOnline(connection, services.now())
    ? { charger, connection }
    : refused('The charger is offline.');
}

type Found = { readonly chargerKey: string; readonly evseId?: number };

/** The charger of an EVSE, or the only one of its location. */
async function find(
  { database, partner: { operatorId } }: OcpiCaller,
  locationId: string,
  uid: string | undefined,
): Promise<Found | undefined> {
  const seen: Charger[] = [];
  let after: string | undefined;
  do {
    const request = { limit: 100, after };
    const page = await listChargersOfLocation(database, operatorId, locationId, request);
    for (const charger of page.items) {
      const { chargerKey, createdAt, evses = [] } = charger;
      const evse = evses.find(({ evseId }) => evseUid(chargerKey, createdAt, evseId) === uid);
      if (evse !== undefined) return { chargerKey, evseId: evse.evseId };
    }
    seen.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  const [only, another] = seen;
  return uid !== undefined || only === undefined || another !== undefined
    ? undefined
    : { chargerKey: only.chargerKey };
}

/** Says whether a location is of a party that a command is for: by the text, one of the CPO that it is sent to. */
const isReachable = async (caller: OcpiCaller, owner: Party): Promise<boolean> =>
  !isElsewhere(caller, owner) && (await shownParties(caller))(owner);

/** Finds the charger of a place that partners see; `unknown-location` where they see none. */
export async function findCharger(
  caller: OcpiCaller,
  locationId: string,
  uid: string | undefined,
): Promise<PlacedTarget | Refusal | 'unknown-location'> {
  const { operatorId } = caller.partner;
  const list = { operatorId, scope: '-', module: 'locations' } as const;
  const location = await readPublication<PartnerLocation>(caller.database, list, locationId);
  const evses = location?.object.evses ?? [];
  if (location === undefined || !(await isReachable(caller, location.object))) {
    return 'unknown-location';
  }
  if (uid !== undefined && !evses.some((evse) => evse.uid === uid.toLowerCase())) {
    return 'unknown-location';
  }
  const found = await find(caller, location.objectId, uid?.toLowerCase());
  if (found === undefined) return refused('Name an EVSE: the location has several chargers.');
  const target = await readTarget(caller, found.chargerKey);
  if ('result' in target) return target;
  const { countryCode, partyId } = location.object;
  const us = { countryCode, partyId };
  if (found.evseId === undefined) return { ...target, us };
  return { ...target, us, connector: evseOfNumber(target.connection.protocol, found.evseId) };
}
