import { isJsonObject } from '../ocpp/json-object.ts';
import type { ReportedVariable } from '../ocpp/v2x/device-model.ts';
import { omitUndefined } from '../units/omit-undefined.ts';
import type { ConnectorFacts, EvseFacts } from './evse-facts.ts';

type Meaning = Pick<ConnectorFacts, 'standard' | 'format' | 'powerType'>;

const cable = (standard: string | undefined, powerType?: string): Meaning =>
  omitUndefined({ standard, format: 'CABLE', powerType });
const socket = (standard: string | undefined, powerType?: string): Meaning =>
  omitUndefined({ standard, format: 'SOCKET', powerType });

/** ConnectorType of OCPP 2 (part 2 appendix 5) in the words of OCPI, as far as that has one; whether AC has one phase or three is said elsewhere. */
const meanings: Readonly<Record<string, Meaning>> = {
  cCCS1: cable('IEC_62196_T1_COMBO', 'DC'),
  cCCS2: cable('IEC_62196_T2_COMBO', 'DC'),
  cChaoJi: cable('CHAOJI', 'DC'),
  cG105: cable('CHADEMO', 'DC'),
  'cGBT-AC': cable('GBT_AC'),
  'cGBT-DC': cable('GBT_DC', 'DC'),
  cNACS: cable(undefined),
  cTesla: cable('TESLA_S'),
  cType1: cable('IEC_62196_T1', 'AC_1_PHASE'),
  cType2: cable('IEC_62196_T2'),
  's309-1P-16A': socket('IEC_60309_2_single_16', 'AC_1_PHASE'),
  's309-1P-32A': socket(undefined, 'AC_1_PHASE'),
  's309-3P-16A': socket('IEC_60309_2_three_16', 'AC_3_PHASE'),
  's309-3P-32A': socket('IEC_60309_2_three_32', 'AC_3_PHASE'),
  sBS1361: socket('DOMESTIC_G', 'AC_1_PHASE'),
  'sCEE-7-7': socket('DOMESTIC_F', 'AC_1_PHASE'),
  sType2: socket('IEC_62196_T2'),
  sType3: socket('IEC_62196_T3C'),
};

const meaningOf = (type: string | undefined): Meaning => {
  const name = Object.keys(meanings).find((one) => one.toLowerCase() === type?.toLowerCase());
  return (name !== undefined && meanings[name]) || {};
};

const phases: Readonly<Record<string, string>> = { '1': 'AC_1_PHASE', '3': 'AC_3_PHASE' };

/** A variable of the device model at a place: 0 for an EVSE as a whole. */
type Placed = {
  readonly evseId: number;
  readonly connectorId: number;
  readonly name: string;
  readonly actual: string | undefined;
  /** The highest value that it may have, in the unit without a prefix. */
  readonly most: number | undefined;
};

const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0;

function placed({ component, variable, attributes, characteristics }: ReportedVariable) {
  const evse = component['evse'];
  const [evseId, connectorId = 0] = isJsonObject(evse) ? [evse['id'], evse['connectorId']] : [];
  const name = variable['name'];
  if (!(isNumber(evseId) && typeof connectorId === 'number' && typeof name === 'string')) return [];
  const attribute = attributes.find((one) => (one['type'] ?? 'Actual') === 'Actual');
  const value = attribute?.['value'];
  const [limit, unit] = [characteristics?.['maxLimit'], characteristics?.['unit']];
  const factor = typeof unit === 'string' && unit.startsWith('k') ? 1_000 : 1;
  const one: Placed = {
    evseId,
    connectorId,
    name: name.toLowerCase(),
    actual: typeof value === 'string' ? value : undefined,
    most: isNumber(limit) ? Math.round(limit * factor) : undefined,
  };
  return [one];
}

/** Looks variables up at a connector, and then at its EVSE. */
const findAt = (all: readonly Placed[], evseId: number, connectorId: number) => (name: string) =>
  all.find(
    (one) => one.name === name && one.evseId === evseId && one.connectorId === connectorId,
  ) ?? all.find((one) => one.name === name && one.evseId === evseId && one.connectorId === 0);

/** A nominal voltage as the charger states it, V. */
const wholeOf = (text: string | undefined): number | undefined => {
  const value = Math.round(Number(text));
  return text !== undefined && isNumber(value) ? value : undefined;
};

function connectorAt(all: readonly Placed[], evseId: number, connectorId: number): ConnectorFacts {
  const find = findAt(all, evseId, connectorId);
  const meaning = meaningOf(find('connectortype')?.actual);
  const powerType = meaning.powerType ?? phases[find('supplyphases')?.actual ?? ''];
  const [voltage, current] =
    powerType === 'DC' ? ['dcvoltage', 'dccurrent'] : ['acvoltage', 'accurrent'];
  return omitUndefined({
    connectorId,
    ...meaning,
    powerType,
    maxVoltage: find(voltage)?.most ?? wholeOf(find(voltage)?.actual),
    maxAmperage: find(current)?.most,
    maxPowerW: find('power')?.most,
  });
}

const ascending = (a: number, b: number): number => a - b;

/**
 * The EVSEs and connectors of a charger of OCPP 2 as its device model describes them, in the terms of OCPI: what the charger does not say is
 * absent. They save typing, not looking at the label.
 */
export function proposedEvses(variables: readonly ReportedVariable[]): readonly EvseFacts[] {
  const all = variables.flatMap(placed);
  const evseIds = [...new Set(all.map(({ evseId }) => evseId))].sort(ascending);
  return evseIds.flatMap((evseId) => {
    const own = all.filter((one) => one.evseId === evseId && one.connectorId > 0);
    const numbers = [...new Set(own.map(({ connectorId }) => connectorId))].sort(ascending);
    const connectors = numbers.map((connectorId) => connectorAt(all, evseId, connectorId));
    return connectors.length === 0 ? [] : [{ evseId, connectors }];
  });
}
