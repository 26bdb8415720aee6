import type { Tariff } from '../../../../core/tariff/model/tariff.ts';
import { tariffAt } from '../../../connection/charger-context.ts';
import { isOnline } from '../../../connection/charger-facts.ts';
import { readChargerAndConnection } from '../../../store/chargers/charger-and-connection.ts';
import { readConnector } from '../../../store/chargers/connectors.ts';
import { readSite } from '../../../store/locations/read-site.ts';
import { readOperator } from '../../../store/operators/operators.ts';
import type { PayPlace } from '../../../store/payments/pay-links.ts';
import { readPaymentSettings } from '../../../store/payments/payment-settings.ts';
import type { Database } from '../../../store/table/client.ts';
import { readVersionInForce } from '../../../store/tariffs/tariffs.ts';

/** A connector at which a driver may charge and pay by card. */
export type OfferedPlace = PayPlace & {
  readonly operatorName: string;
  readonly chargerId: string;
  /** Name and address; absent where the charger has no location. */
  readonly location?: string | undefined;
  readonly tariff: Tariff;
  /** Decimals with VAT in the currency of the tariff. */
  readonly hold: string;
  readonly mostHold: string;
  /** Whether a session could begin now. */
  readonly isAvailable: boolean;
};

const unusable = ['faulted', 'unavailable'];

/** Reads a place and what it costs there; undefined where nobody can pay by card. */
export async function readOfferedPlace(
  database: Database,
  place: PayPlace,
  now: string,
): Promise<OfferedPlace | undefined> {
  const { operatorId, chargerKey } = place;
  const { charger, connection } = await readChargerAndConnection(database, chargerKey);
  const settings = await readPaymentSettings(database, operatorId);
  if (charger === undefined || settings.adapter !== 'stripe') return undefined;
  const [site, operator, connector] = await Promise.all([
    readSite(database, charger),
    readOperator(database, operatorId),
    readConnector(database, chargerKey, place),
  ]);
  const applicable = tariffAt(charger, site, place);
  const version =
    applicable && (await readVersionInForce(database, operatorId, applicable.tariffId, now));
  const hold = version && settings.stripe?.holds[version.tariff.currency];
  if (version === undefined || hold === undefined) return undefined;
  const { location } = site;
  const isUsable = connector?.status !== undefined && !unusable.includes(connector.status);
  return {
    ...place,
    operatorName: operator?.name ?? '',
    chargerId: charger.chargerId,
    location: location && [location.name, location.address, location.city].join(', '),
    tariff: version.tariff,
    hold: hold.amount,
    mostHold: hold.most,
    isAvailable:
      isUsable && charger.approval === undefined && isOnline(connection, Date.parse(now)),
  };
}
