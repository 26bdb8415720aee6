import type { Pair, Translation } from '../../core/ocpi/codec/translation.ts';
import { joinUrl } from '../../core/ocpi/envelope/join-url.ts';
import { pageHeaders } from '../../core/ocpi/envelope/page-headers.ts';
import { readPageRequest } from '../../core/ocpi/envelope/page-request.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import { isoInstant } from '../../core/units/instant.ts';
import { readPublications } from '../store/partners/publications.ts';
import type { PublicationList } from '../store/table/keys/partner-keys.ts';
import type { OcpiCaller } from './ocpi-caller.ts';
import type { OcpiRequest } from './ocpi-request.ts';
import type { OcpiResponse } from './ocpi-response.ts';
import { shownParties } from './shown-parties.ts';

/** Objects of a page at most. */
export const mostObjects = 100;

/** A list that a partner asks for: whose objects, and how its version says them. */
export type AskedList<T> = {
  readonly list: PublicationList;
  readonly pair: Pair<T> | undefined;
  /** The object as the caller sees it; as it is kept unless given. */
  readonly seen?: (object: T) => T;
};

/** Answers a page of a list as `write` says its objects; those that cannot be said are left out of the page. */
export async function answerPage<T>(
  { database, services }: OcpiCaller,
  request: OcpiRequest,
  list: PublicationList,
  write: (object: T) => Translation | undefined,
): Promise<OcpiResponse> {
  const read = readPageRequest(request.query, mostObjects);
  if (read.kind === 'invalid') return { outcome: read };
  const { offset, limit, from, to } = read.page;
  const { total, objects } = await readPublications<T>(database, list, {
    offset,
    limit,
    from: from === undefined ? undefined : isoInstant(from),
    to: to === undefined ? undefined : isoInstant(to),
  });
  const data = objects.flatMap(({ object }) => {
    const written = write(object);
    return written?.kind === 'translated' ? [written.object] : [];
  });
  const url = joinUrl(services.ocpiUrl, request.steps);
  const headers = pageHeaders(url, request.query, read.page, total, mostObjects);
  return { outcome: { kind: 'ok', data }, headers };
}

/** Answers a page of a list in the words of the partner's version; objects of parties that it does not read are left out. */
export const answerList = async <T extends Party>(
  caller: OcpiCaller,
  request: OcpiRequest,
  { list, pair, seen = (object) => object }: AskedList<T>,
): Promise<OcpiResponse> => {
  const isShown = await shownParties(caller);
  return await answerPage<T>(caller, request, list, (object) => {
    const { countryCode, partyId } = object;
    if (!isShown(object)) return undefined;
    return pair?.to(seen(object), { owner: { countryCode, partyId } });
  });
};
