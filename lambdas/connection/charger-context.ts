import type { Protocol } from '../../core/ocpp/protocol.ts';
import type { Charger } from '../store/chargers/chargers.ts';

/** Who a message is from: what the authorizer found out and API Gateway repeats on every message. */
export type ChargerContext = {
  readonly chargerId: string;
  readonly chargerKey: string;
  readonly operatorId: string;
  readonly shard: number;
  readonly protocol: Protocol;
  readonly timeZone: string;
  readonly tariffId?: string;
  readonly maxPowerW?: number;
};

const protocols: readonly Protocol[] = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'];

/** A charger's registered maximum power in whole W; undefined when the operator registered none. */
export const maxPowerOf = (charger: Charger): number | undefined =>
  charger.maxPowerKw === undefined ? undefined : Math.round(Number(charger.maxPowerKw) * 1000);

/** The context that every message of a charger's connection carries. */
export function contextOf(charger: Charger, protocol: Protocol): ChargerContext {
  const maxPowerW = maxPowerOf(charger);
  return {
    chargerId: charger.chargerId,
    chargerKey: charger.chargerKey,
    operatorId: charger.operatorId,
    shard: charger.shard,
    protocol,
    timeZone: charger.timeZone,
    ...(charger.tariffId === undefined ? {} : { tariffId: charger.tariffId }),
    ...(maxPowerW === undefined ? {} : { maxPowerW }),
  };
}

const textOf = (values: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
};

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
  const tariffId = textOf(values, 'tariffId');
  const maxPowerW = textOf(values, 'maxPowerW');
  return {
    chargerId,
    chargerKey,
    operatorId,
    shard: Number(textOf(values, 'shard') ?? 0),
    protocol,
    timeZone: textOf(values, 'timeZone') ?? 'UTC',
    ...(tariffId === undefined ? {} : { tariffId }),
    ...(maxPowerW === undefined ? {} : { maxPowerW: Number(maxPowerW) }),
  };
}
