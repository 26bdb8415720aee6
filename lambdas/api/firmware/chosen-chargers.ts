import { chargerKey as chargerKeyOf } from '../../../core/charger/charger-key.ts';
import { type Boot, bootFrom } from '../../store/chargers/boots.ts';
import { chargerFrom, listChargers } from '../../store/chargers/chargers.ts';
import { listChargersOfLocation } from '../../store/chargers/list-chargers-of-location.ts';
import type { Database } from '../../store/table/client.ts';
import { getItems } from '../../store/table/get-item.ts';
import { bootKey, chargerItemKey } from '../../store/table/keys/charger-keys.ts';
import type { ListRequest } from '../../store/table/listed.ts';
import type { Caller } from '../api-route.ts';
import type { CampaignForm } from './campaign-form.ts';

/** A charger that a campaign may be about. */
export type Candidate = { readonly chargerId: string; readonly boot: Boot | undefined };

/** The most chargers of a campaign: all of it is one item. */
export const mostChargers = 2_000;

type Chosen = CampaignForm['chargers'];

/** The ids of the chargers that the form names, or of all that it may be about; too many are cut off behind one too many. */
async function candidateIds(caller: Caller, { chargerIds, locationId }: Chosen) {
  const { database, operatorId } = caller;
  if (chargerIds !== undefined) return await existingIds(database, operatorId, chargerIds);
  const read = (request: ListRequest) =>
    locationId === undefined
      ? listChargers(database, operatorId, request)
      : listChargersOfLocation(database, operatorId, locationId, request);
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await read({ limit: 100, after });
    ids.push(...page.items.map(({ chargerId }) => chargerId));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return ids;
}

/** The chargers of these ids, as they were registered and each once; undefined where one does not exist. */
async function existingIds(database: Database, operatorId: string, ids: readonly string[]) {
  const keys = [...new Set(ids.map((one) => chargerKeyOf(operatorId, one)))];
  const items = await getItems(database, keys.map(chargerItemKey));
  const found = items.flatMap((item) => (item === undefined ? [] : [chargerFrom(item).chargerId]));
  return found.length < keys.length ? undefined : found;
}

const isAlike = (wanted: string | undefined, own: string | undefined): boolean =>
  wanted === undefined || wanted.toLowerCase() === own?.toLowerCase();

/** The chargers that a campaign is about, each once, with their last boots; undefined where one that is named does not exist. */
export async function chosenChargers(
  caller: Caller,
  chosen: Chosen,
): Promise<readonly Candidate[] | undefined> {
  const ids = await candidateIds(caller, chosen);
  if (ids === undefined) return undefined;
  const keys = ids.map((one) => bootKey(chargerKeyOf(caller.operatorId, one)));
  const boots = await getItems(caller.database, keys);
  return ids
    .map((chargerId, index) => ({ chargerId, boot: boots[index] && bootFrom(boots[index]) }))
    .filter(
      ({ boot }) =>
        isAlike(chosen.vendor, boot?.vendor) &&
        isAlike(chosen.model, boot?.model) &&
        isAlike(chosen.firmwareVersion, boot?.firmwareVersion),
    );
}
