import { instant, isoInstant } from '../../units/instant.ts';
import type { JsonLiteral } from '../../units/json-literals.ts';
import { parseInstant } from '../../units/parse-instant.ts';
import { isFields } from '../common/fields.ts';

/** Ms that a clock of a partner may be away from ours: times on objects are compared with each other. */
export const mostApart = 60_000;

/** Epoch ms of a time in a document, UTC where it names no zone; NaN where it is none. */
const timeOf = (text: JsonLiteral | undefined): number => {
  const parsed = typeof text === 'string' ? parseInstant(text) : undefined;
  if (parsed === undefined || parsed.kind === 'malformed') return Number.NaN;
  return Number(parsed.kind === 'instant' ? parsed.at : parsed.local);
};

/** Whether a time is further ahead than clocks are apart: nothing has changed then yet. */
const isAhead = (time: JsonLiteral | undefined, receivedAt: string): boolean =>
  timeOf(time) > Date.parse(receivedAt) + mostApart;

/** When an object changed at the latest, by the time that it states and that of its arrival, ISO 8601 in UTC. */
export const timeOfChange = (stated: string, receivedAt: string): string =>
  isAhead(stated, receivedAt) ? receivedAt : stated;

/**
 * Whether what arrives of an object changed before what is held of it, and so arrived late. What is held cannot have changed in a time to
 * come: whatever arrives takes the place of that. `receivedAt` is ISO 8601 in UTC.
 */
export const isOutdated = (
  time: JsonLiteral | undefined,
  held: JsonLiteral | undefined,
  receivedAt: string,
): boolean => !isAhead(held, receivedAt) && timeOf(time) < timeOf(held);

/** The time in which an object says that it changes, ISO 8601 in UTC, where that lies ahead of `receivedAt`. */
export const statedAhead = (document: JsonLiteral, receivedAt: string): string | undefined => {
  const time = isFields(document) ? document['last_updated'] : undefined;
  return isAhead(time, receivedAt) ? isoInstant(instant(BigInt(timeOf(time)))) : undefined;
};

const parts = ['evses', 'connectors'];

/** The times of an object and of its EVSEs and connectors that lie ahead of `receivedAt`, with their paths. */
export const timesAhead = (document: JsonLiteral, receivedAt: string): readonly string[] => {
  if (!isFields(document)) return [];
  return Object.entries(document).flatMap(([name, value]) => {
    if (name === 'last_updated') return isAhead(value, receivedAt) ? [`${name} ${value}`] : [];
    if (!parts.includes(name) || !Array.isArray(value)) return [];
    return value.flatMap((part: JsonLiteral, at) =>
      timesAhead(part, receivedAt).map((one) => `${name}[${at}].${one}`),
    );
  });
};

/**
 * A document of a partner that has the time of its arrival, ISO 8601 in UTC, in the place of each `last_updated` that lies ahead, of the object
 * and of its EVSEs and connectors: else it would be newer than all that the partner says of it until then.
 */
export const withoutTimesAhead = (document: JsonLiteral, receivedAt: string): JsonLiteral => {
  if (!isFields(document)) return document;
  return Object.fromEntries(
    Object.entries(document).map(([name, value]): [string, JsonLiteral] => {
      if (name === 'last_updated' && typeof value === 'string') {
        return [name, timeOfChange(value, receivedAt)];
      }
      return parts.includes(name) && Array.isArray(value)
        ? [name, value.map((part: JsonLiteral) => withoutTimesAhead(part, receivedAt))]
        : [name, value];
    }),
  );
};
