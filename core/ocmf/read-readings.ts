import { parseDecimal } from '../units/decimal.ts';
import type { JsonLiteral } from '../units/json-literals.ts';
import { parseInstant } from '../units/parse-instant.ts';
import {
  given,
  isOcmfObject,
  numberField,
  type OcmfObject,
  type Remark,
  textField,
} from './ocmf-fields.ts';
import type { OcmfReading, TimeStatus } from './ocmf-record.ts';

const fields = ['TM', 'TX', 'RV', 'RI', 'RU', 'RT', 'CL', 'EF', 'ST'];
const units = ['kWh', 'Wh', 'mOhm', 'uOhm'];

/** The readings (`RD`) of a record: a field that a reading leaves out is that of the reading before it (OCMF table 7). */
export const readReadings = (
  value: JsonLiteral | undefined,
  remark: Remark,
): readonly OcmfReading[] => {
  const objects = Array.isArray(value) ? value.filter(isOcmfObject) : [];
  if (objects.length === 0) remark('READINGS_MISSING');
  if (Array.isArray(value) && objects.length < value.length) remark('FIELD_MISTYPED');
  let whole: OcmfObject = {};
  return objects.map((object) => {
    const known = Object.entries(object).filter(([name]) => fields.includes(name));
    if (known.length < Object.keys(object).length) remark('READING_EXTENDED');
    // Of what nobody reads nothing is handed on: a record can be long, and all of its names different.
    whole = { ...whole, ...Object.fromEntries(known) };
    return readReading(whole, remark);
  });
};

const readReading = (from: OcmfObject, remark: Remark): OcmfReading => {
  const text = (key: string) => textField(from, key, remark);
  const time = text('TM');
  const value = numberField(from, 'RV', remark);
  const unit = text('RU');
  if (value !== undefined && parseDecimal(value) === undefined) remark('VALUE_UNREADABLE');
  if (unit !== undefined && !units.includes(unit)) remark('UNIT_UNKNOWN');
  return {
    ...given({
      time,
      transaction: text('TX'),
      value,
      obis: text('RI'),
      unit,
      currentType: text('RT'),
      cumulatedLoss: numberField(from, 'CL', remark),
      errorFlags: text('EF'),
      status: text('ST'),
    }),
    ...readTime(time, remark),
  };
};

/** `2018-07-24T13:22:04,000+0200 S`: local time with its offset, and after a space how far the clock can be trusted. */
const readTime = (
  time: string | undefined,
  remark: Remark,
): Pick<OcmfReading, 'at' | 'timeStatus'> => {
  const [, written = '', letter] = /^(.*?)(?:\s+([A-Z]))?\s*$/i.exec(time ?? '') ?? [];
  const parsed = parseInstant(written);
  const timeStatus = statuses.find((status) => status === letter?.toUpperCase());
  if (parsed.kind !== 'instant' || timeStatus === undefined) remark('TIME_UNREADABLE');
  return {
    ...(parsed.kind === 'instant' && { at: parsed.at }),
    ...(timeStatus !== undefined && { timeStatus }),
  };
};

const statuses: readonly TimeStatus[] = ['U', 'I', 'S', 'R'];
