import { isJsonObject, type JsonObject } from '../../json-object.ts';
import type { Repair } from '../quirk.ts';

/** As deep as any message of OCPP, the sales tariff of a charging profile: what lies below is of a vendor's own, and is read by nobody. */
const deepest = 12;

const hasNull = (value: unknown, depth = 0): boolean => {
  if (depth > deepest || typeof value !== 'object' || value === null) return false;
  const parts = Object.values(value);
  return (
    (isJsonObject(value) && parts.includes(null)) || parts.some((part) => hasNull(part, depth + 1))
  );
};

const withoutNulls = (value: unknown, depth = 0): unknown => {
  if (depth > deepest) return value;
  if (Array.isArray(value)) return value.map((part) => withoutNulls(part, depth + 1));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== null)
      .map(([name, part]) => [name, withoutNulls(part, depth + 1)]),
  );
};

/** A property is null where the charger has nothing to say, wherever in the message: it is as if absent. */
export const nullProperty = {
  kind: 'repairs',
  name: 'null-property',
  applies: (_action, payload) => hasNull(payload),
  repair: (payload) => withoutNulls(payload) as JsonObject,
} as const satisfies Repair;
