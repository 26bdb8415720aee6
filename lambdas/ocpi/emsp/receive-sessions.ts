import type { Context } from '../../../core/ocpi/codec/context.ts';
import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import type { PartnerSession } from '../../../core/ocpi/model/session.ts';
import { allTranslators } from '../../../core/ocpi/partner/all-translators.ts';
import { readPushed } from '../../../core/ocpi/partner/pushed-object.ts';
import { sessionPatch } from '../../../core/ocpi/patch/patch-rules.ts';
import { withDistinctPeriods } from '../../../core/ocpi/received/distinct-periods.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { type PlacedSession, receiveSession } from '../../roaming/receive/receive-session.ts';
import { ifNotOlder, type Judged } from '../../roaming/receive/receiving.ts';
import { type HeldSession, readHeldSession } from '../../store/received/received-sessions.ts';
import { receivedId } from '../../store/table/keys/received-keys.ts';
import { isStranger, type OcpiCaller } from '../ocpi-caller.ts';
import type { OcpiRequest } from '../ocpi-request.ts';
import type { ModulePlace } from '../place.ts';
import { judgePatch } from './judge-patch.ts';
import { contextOfDrivers, placeInDocument } from './place-in-document.ts';
import { notFound, pushedDocument, pushedPlace, shownOf } from './pushed-place.ts';

const idOf = { path: 'id', of: ({ id }: PartnerSession): string => id };

const placed = (context: Context, place: HeldSession['place']): Context =>
  place === undefined ? context : { ...context, location: place };

/** Answers a partner that pushes sessions of our drivers, or reads one back. */
export async function receiveSessions(
  caller: OcpiCaller,
  place: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiOutcome> {
  const named = await pushedPlace(caller, place);
  if ('kind' in named) return named;
  const { from, id, more } = named;
  if (more.length > 0) return notFound;
  if (request.method === 'GET' && isStranger(caller, from.owner)) return notFound;
  const { database } = caller;
  const { version } = place;
  const pair = allTranslators[version].session;
  const { document, receivedAt } = pushedDocument(caller, request);
  const context = await contextOfDrivers(caller, version, from.owner);
  const embedded = (whole: typeof document) => placeInDocument(version, whole, from.owner);
  switch (request.method) {
    case 'GET': {
      const rid = receivedId('session', from, id);
      const held = await readHeldSession(database, from.operatorId, rid);
      return shownOf(pair, held?.session, placed(context, held?.place));
    }
    case 'PUT': {
      const read = readPushed(pair, { document, owner: from.owner, id, context }, idOf);
      if (read.kind === 'malformed') return { kind: 'invalid', problems: read.problems };
      const sent = omitUndefined({ session: read.value, place: embedded(document) });
      return await receiveSession(database, from, id, receivedAt, (held) => {
        const judged = ifNotOlder(held?.session, read.value, receivedAt);
        return judged.kind === 'keep' ? { kind: 'keep', object: sent } : judged;
      });
    }
    case 'PATCH':
      return await receiveSession(database, from, id, receivedAt, (held): Judged<PlacedSession> => {
        const whole = placed(context, held?.place);
        const patch = { patch: document, receivedAt };
        const judged = judgePatch(pair, held?.session, patch, sessionPatch, whole);
        if (judged.kind !== 'keep') return judged;
        const session = withDistinctPeriods(judged.object);
        const object = omitUndefined({ session, place: embedded(judged.document ?? null) });
        return { kind: 'keep', object };
      });
    default:
      return notFound;
  }
}
