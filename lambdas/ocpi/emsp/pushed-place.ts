import type { Context } from '../../../core/ocpi/codec/context.ts';
import type { Pair } from '../../../core/ocpi/codec/translation.ts';
import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import { repairDocument } from '../../../core/ocpi/quirks/repair-document.ts';
import { withoutTimesAhead } from '../../../core/ocpi/received/times-ahead.ts';
import type { JsonLiteral } from '../../../core/units/json-literals.ts';
import { speaksFor } from '../../roaming/speaks-for.ts';
import type { ReceivedFrom } from '../../store/table/keys/received-keys.ts';
import type { OcpiCaller } from '../ocpi-caller.ts';
import type { OcpiRequest } from '../ocpi-request.ts';
import type { ModulePlace } from '../place.ts';

/** There is nothing at an address. */
export const notFound: OcpiOutcome = { kind: 'object-not-found' };

/** The object of a partner that a URL names, with the steps behind its id. */
export type PushedPlace = {
  readonly from: ReceivedFrom;
  readonly id: string;
  readonly more: readonly string[];
};

/** Finds the object that a URL names by its party, which has to be one of the caller's, and by its id. */
export async function pushedPlace(
  { database, partner }: OcpiCaller,
  { rest }: ModulePlace,
): Promise<PushedPlace | OcpiOutcome> {
  const [countryCode, partyId, id, ...more] = rest;
  if (countryCode === undefined || partyId === undefined || id === undefined) return notFound;
  const owner = { countryCode, partyId };
  if (!(await speaksFor(database, partner, owner, 'CPO'))) return { kind: 'not-your-party' };
  const { operatorId, partnerId } = partner;
  return { from: { operatorId, partnerId, owner }, id, more };
}

/** The document of a request after the repairs of the partner's known mistakes. */
export const repairedBody = (
  { partner, services }: OcpiCaller,
  { body }: OcpiRequest,
): JsonLiteral =>
  repairDocument(body ?? null, partner.quirks, {
    receivedAt: new Date(services.now()).toISOString(),
  }).document;

/** A document of a partner, and when it came, ISO 8601 in UTC. */
export type PushedDocument = { readonly document: JsonLiteral; readonly receivedAt: string };

/** The object in a request, or a change of one, which changed when it came at the latest. */
export function pushedDocument(caller: OcpiCaller, request: OcpiRequest): PushedDocument {
  const receivedAt = new Date(caller.services.now()).toISOString();
  return { document: withoutTimesAhead(repairedBody(caller, request), receivedAt), receivedAt };
}

/** Shows an object of a partner to it in the words of its version, those that the version does not know too; nothing where it is not held. */
export const shownOf = <T>(
  pair: Pair<T> | undefined,
  value: T | undefined,
  context: Context,
): OcpiOutcome => {
  const written = value === undefined ? undefined : pair?.to(value, { ...context, isEcho: true });
  return written?.kind === 'translated' ? { kind: 'ok', data: written.object } : notFound;
};

/** Reads a part of a partner's object, which has to have the id of its URL. */
export function readPart<T>(
  pair: Pair<T> | undefined,
  { document, id, context }: { document: JsonLiteral; id: string; context: Context },
  idOf: { readonly path: string; readonly of: (value: T) => string },
): { readonly kind: 'received'; readonly value: T } | OcpiOutcome {
  const read = pair?.from(document, context) ?? { kind: 'malformed', problems: [] };
  if (read.kind === 'malformed') return { kind: 'invalid', problems: read.problems };
  if (idOf.of(read.value).toUpperCase() === id.toUpperCase()) return read;
  const problem = { path: idOf.path, message: 'This is not that of the URL.' };
  return { kind: 'invalid', problems: [problem] };
}
