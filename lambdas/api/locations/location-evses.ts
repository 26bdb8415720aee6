import * as z from 'zod';
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

/** Lists the EVSEs of a location, by charger: a page has those of whole chargers. */
export async function listEvses(
  caller: Caller,
  locationId: string,
  page: ListRequest,
): Promise<Listed<ReturnType<typeof evseViews>[number]>> {
  const { database, operatorId, now } = caller;
  const { items, next } = await listChargersOfLocation(database, operatorId, locationId, page);
  const facts = await readChargerFacts(caller, items);
  return { items: facts.flatMap((one) => evseViews(one, Date.parse(now))), next };
}
