import { type MissingApproval, missingApprovalFrom } from '../../core/charger/approval.ts';
import type { ConnectorRef } from '../../core/charger/connector-ref.ts';
import { type ApplicableTariff, applicableTariff } from '../../core/charger/nearest-tariff.ts';
import type { PlaceTariffs } from '../../core/charger/place-tariffs.ts';
import { connectorFactsOf } from '../../core/location/evse-facts.ts';
import { placePower } from '../../core/location/place-power.ts';
import { type Protocol, protocols } from '../../core/ocpp/protocol.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import type { Charger } from '../store/chargers/chargers.ts';
import type { Site } from '../store/locations/read-site.ts';

/** Who a message is from: what the authorizer found out and API Gateway repeats on every message. */
export type ChargerContext = {
  readonly chargerId: string;
  readonly chargerKey: string;
  readonly operatorId: string;
  readonly shard: number;
  readonly protocol: Protocol;
  readonly timeZone: string;
  readonly tariffId?: string;
  readonly locationId?: string;
  readonly maxPowerW?: number;
  /** Absent where its operator had accepted it when it connected. */
  readonly approval?: MissingApproval;
  /** Present where the charger shows what a running session costs. */
  readonly showsRunningCost?: true;
  /** Whether tags compare without their spaces. */
  readonly ignoresTagSpaces?: true;
  /** Whether its operator had roaming partners when it connected, who may know a token that the operator does not know. */
  readonly asksPartners?: true;
  /** The group whose tokens stop any session and begin none. */
  readonly masterPassGroup?: string;
};

/** The time zone of a charger that has none, nor a location, nor an operator whose settings name one. */
export const defaultTimeZone = 'UTC';

/**
 * A charger's registered maximum power in whole W, or else that of its connectors, of `place` where it is known; undefined when the
 * operator registered none.
 */
export const maxPowerOf = (charger: Charger, place?: ConnectorRef): number | undefined =>
  charger.maxPowerKw === undefined
    ? placePower(charger.evses, place)
    : Math.round(Number(charger.maxPowerKw) * 1000);

/** The zone that a charger's clock and its tariff's hours are in: its own, or else its location's, or else its operator's. */
export const timeZoneOf = ({ timeZone }: Charger, site: Site): string =>
  timeZone ?? site.location?.timeZone ?? site.timeZone ?? defaultTimeZone;

/** The tariff that applies to sessions at a charger, or at one of its connectors. */
export const tariffAt = (
  charger: Charger,
  site: Site,
  place?: ConnectorRef,
): ApplicableTariff | undefined =>
  applicableTariff({
    connector: place && connectorFactsOf(charger.evses, place)?.tariffId,
    charger: charger.tariffId,
    location: site.location?.tariffId,
    operator: site.tariffId,
  });

/** The tariffs at a charger by connector; undefined where no connector has one of its own. */
export function placeTariffsOf(charger: Charger, site: Site): PlaceTariffs | undefined {
  const connectors = (charger.evses ?? []).flatMap(({ evseId, connectors: all }) =>
    all.flatMap(({ connectorId, tariffId }) =>
      tariffId === undefined ? [] : [{ evseId, connectorId, tariffId }],
    ),
  );
  const common = tariffAt(charger, site)?.tariffId;
  if (connectors.length === 0) return undefined;
  return common === undefined ? { connectors } : { charger: common, connectors };
}

/** The context that every message of a charger's connection carries; with the tariff of `place` where a connector is known. */
export function contextOf(
  charger: Charger,
  protocol: Protocol,
  site: Site,
  place?: ConnectorRef,
): ChargerContext {
  const maxPowerW = maxPowerOf(charger, place);
  const { locationId, approval } = charger;
  const tariffId = tariffAt(charger, site, place)?.tariffId;
  return {
    chargerId: charger.chargerId,
    chargerKey: charger.chargerKey,
    operatorId: charger.operatorId,
    shard: charger.shard,
    protocol,
    timeZone: timeZoneOf(charger, site),
    ...(tariffId === undefined ? {} : { tariffId }),
    ...(locationId === undefined ? {} : { locationId }),
    ...(maxPowerW === undefined ? {} : { maxPowerW }),
    ...(approval === undefined ? {} : { approval }),
    ...(site.showsRunningCost ? { showsRunningCost: true } : {}),
    ...(site.ignoresTagSpaces ? { ignoresTagSpaces: true } : {}),
    ...(site.asksPartners ? { asksPartners: true } : {}),
    ...(site.masterPassGroup === undefined ? {} : { masterPassGroup: site.masterPassGroup }),
  };
}

const textOf = (values: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
};

/** API Gateway hands over a truth as a word. */
const trueIn = (values: Readonly<Record<string, unknown>>, name: string): true | undefined =>
  String(values[name]) === 'true' ? true : undefined;

/** Reads the context back from an event; undefined when it is not there or not whole. */
export function readContext(
  values: Readonly<Record<string, unknown>> | null | undefined,
): ChargerContext | undefined {
  if (values === null || values === undefined) return undefined;
  const chargerId = textOf(values, 'chargerId');
  const chargerKey = textOf(values, 'chargerKey');
  const operatorId = textOf(values, 'operatorId');
  const protocol = protocols.find((one) => one === textOf(values, 'protocol'));
  if (!chargerId || !chargerKey || !operatorId || protocol === undefined) return undefined;
  const maxPowerW = textOf(values, 'maxPowerW');
  return omitUndefined({
    chargerId,
    chargerKey,
    operatorId,
    shard: Number(textOf(values, 'shard') ?? 0),
    protocol,
    timeZone: textOf(values, 'timeZone') ?? defaultTimeZone,
    tariffId: textOf(values, 'tariffId'),
    locationId: textOf(values, 'locationId'),
    maxPowerW: maxPowerW === undefined ? undefined : Number(maxPowerW),
    approval: missingApprovalFrom(textOf(values, 'approval')),
    showsRunningCost: trueIn(values, 'showsRunningCost'),
    ignoresTagSpaces: trueIn(values, 'ignoresTagSpaces'),
    asksPartners: trueIn(values, 'asksPartners'),
    masterPassGroup: textOf(values, 'masterPassGroup'),
  });
}
