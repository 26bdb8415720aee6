import * as z from 'zod';
import { normalizeChargerId } from '../../../core/charger/charger-key.ts';
import { connectorStatusWord } from '../../../core/charger/connector-status.ts';
import { connectorFactsOf } from '../../../core/location/evse-facts.ts';
import { evseStatuses, evseStatusOf } from '../../../core/location/evse-status.ts';
import { evseUid } from '../../../core/location/evse-uid.ts';
import { missingFactsOf, requiredFacts } from '../../../core/location/partner-location.ts';
import { tariffAt } from '../../connection/charger-context.ts';
import {
  type ChargerFacts,
  connectorsOf,
  isOnline,
  sinceRegistration,
} from '../../connection/charger-facts.ts';
import type { Charger } from '../../store/chargers/chargers.ts';
import { listChargersOfLocation } from '../../store/chargers/list-chargers-of-location.ts';
import type { Listed, ListRequest } from '../../store/table/listed.ts';
import type { Caller } from '../api-route.ts';
import { ApplicableTariffSchema } from '../chargers/charger-view.ts';
import { connectorFactFields, evseFactFields } from '../chargers/evse-form.ts';
import { readChargerFacts } from '../chargers/read-charger-facts.ts';

const EvseConnectorSchema = z
  .strictObject({
    connectorId: z.int(),
    status: z.string().nullable().meta({ description: 'In the words of OCPP, as reported.' }),
    ...connectorFactFields,
    tariff: ApplicableTariffSchema.nullable(),
    missing: z.array(z.enum(requiredFacts)).meta({
      description:
        'What OCPI requires of a connector and nobody has stated: until then partners do not see it.',
    }),
  })
  .meta({ id: 'EvseConnector' });

/** An EVSE of a location as the operator API shows it. */
export const EvseSchema = z
  .strictObject({
    chargerId: z.string(),
    uid: z.string().meta({ description: 'Its id for roaming partners.' }),
    status: z.enum(evseStatuses).meta({
      description:
        'In the words of OCPI; UNKNOWN while its charger is offline or has said nothing.',
    }),
    ...evseFactFields,
    connectors: z.array(EvseConnectorSchema),
  })
  .meta({ id: 'Evse' });

/** The EVSEs of a charger, each with its status. `now` is our clock in epoch ms. */
function evseViews(known: ChargerFacts, now: number) {
  const facts = sinceRegistration(known);
  const { charger, site, connection } = facts;
  const all = connectorsOf(facts);
  const whole = facts.connectors.find(({ evseId }) => evseId === 0);
  return [...new Set(all.map(({ evseId }) => evseId))].map((evseId) => {
    const own = all.filter((one) => one.evseId === evseId);
    const { connectors: _all, ...evse } = charger.evses?.find((one) => one.evseId === evseId) ?? {
      connectors: [],
      evseId,
    };
    return {
      chargerId: charger.chargerId,
      uid: evseUid(charger.chargerKey, charger.createdAt, evseId),
      status: evseStatusOf({
        online: isOnline(connection, now),
        charger: whole?.status,
        connectors: own.map(({ status }) => status),
      }),
      ...evse,
      connectors: own.map((connector) => {
        const stated = connectorFactsOf(charger.evses, connector);
        const { tariffId: _own, ...shown } = stated ?? { connectorId: connector.connectorId };
        return {
          status: connector.status === undefined ? null : connectorStatusWord(connector.status),
          ...shown,
          tariff: tariffAt(charger, site, connector) ?? null,
          missing: missingFactsOf(stated),
        };
      }),
    };
  });
}

/** Chargers whose facts are read at once. */
const mostAtOnce = 10;

/** Where a page of EVSEs begins: after a charger, or within one, behind so many of its EVSEs. */
type Position = { readonly after?: string; readonly from?: string; readonly skip: number };

/** Ids of chargers have no slash. */
function readPosition(text: string | undefined): Position {
  const [, skip = '', charger = ''] = /^(\d*)\/(.*)$/.exec(text ?? '') ?? [];
  if (charger === '') return { skip: 0 };
  return skip === '' ? { after: charger, skip: 0 } : { from: charger, skip: Number(skip) };
}

type EvseView = ReturnType<typeof evseViews>[number];

/** The EVSEs of a charger from a place on, and its id as places name it. */
type OfCharger = {
  readonly id: string;
  readonly first: number;
  readonly evses: readonly EvseView[];
};

/** Chargers of a location with their EVSEs; their facts are read as far as they are asked for. */
async function* byCharger(
  caller: Caller,
  chargers: readonly Charger[],
  { from, skip }: Position,
): AsyncGenerator<OfCharger> {
  for (let n = 0; n < chargers.length; n += mostAtOnce) {
    for (const one of await readChargerFacts(caller, chargers.slice(n, n + mostAtOnce))) {
      const id = normalizeChargerId(one.charger.chargerId);
      const first = id === from ? skip : 0;
      yield { id, first, evses: evseViews(one, Date.parse(caller.now)).slice(first) };
    }
  }
}

/** Lists the EVSEs of a location, by charger. */
export async function listEvses(
  caller: Caller,
  locationId: string,
  { limit, after }: ListRequest,
): Promise<Listed<EvseView>> {
  const position = readPosition(after);
  const request = { limit, after: position.after, from: position.from };
  const { database, operatorId } = caller;
  const found = await listChargersOfLocation(database, operatorId, locationId, request);
  const shown: EvseView[] = [];
  let full: OfCharger | undefined;
  for await (const one of byCharger(caller, found.items, position)) {
    // One more charger says whether there is more than the page has room for.
    if (full !== undefined) return { items: shown, next: `/${full.id}` };
    const room = limit - shown.length;
    shown.push(...one.evses.slice(0, room));
    if (one.evses.length > room) return { items: shown, next: `${one.first + room}/${one.id}` };
    if (one.evses.length === room) full = one;
  }
  return { items: shown, next: found.next === null ? null : `/${full?.id ?? found.next}` };
}
