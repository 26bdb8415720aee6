import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import type { PartnerConnector } from '../../../core/ocpi/model/connector.ts';
import type { PartnerEvse } from '../../../core/ocpi/model/evse.ts';
import { allTranslators } from '../../../core/ocpi/partner/all-translators.ts';
import { readPushed } from '../../../core/ocpi/partner/pushed-object.ts';
import { connectorPatch, evsePatch, locationPatch } from '../../../core/ocpi/patch/patch-rules.ts';
import { connectorIn, putConnector } from '../../../core/ocpi/received/put-connector.ts';
import { receiveEvse, receiveLocation } from '../../roaming/receive/receive-location.ts';
import { ifNotOlder, type Judged } from '../../roaming/receive/receiving.ts';
import {
  locationOf,
  readHeldEvse,
  readWholeLocation,
} from '../../store/received/read-received-location.ts';
import { receivedId } from '../../store/table/keys/received-keys.ts';
import type { OcpiCaller } from '../ocpi-caller.ts';
import type { OcpiRequest } from '../ocpi-request.ts';
import type { ModulePlace } from '../place.ts';
import { judgePatch } from './judge-patch.ts';
import {
  notFound,
  type PushedDocument,
  type PushedPlace,
  pushedDocument,
  pushedPlace,
  readPart,
  shownOf,
} from './pushed-place.ts';

/** A request about a location of a partner, or a part of one. */
type Pushed = PushedPlace &
  PushedDocument & {
    readonly caller: OcpiCaller;
    readonly version: ModulePlace['version'];
    readonly method: OcpiRequest['method'];
  };

async function ofLocation(pushed: Pushed): Promise<OcpiOutcome> {
  const { from, id, document, receivedAt, method, version } = pushed;
  const { database } = pushed.caller;
  const pair = allTranslators[version].location;
  const context = { owner: from.owner };
  switch (method) {
    case 'GET': {
      const rid = receivedId('location', from, id);
      const held = await readWholeLocation(database, from.operatorId, rid);
      return shownOf(pair, held && locationOf(held), context);
    }
    case 'PUT': {
      const named = { path: 'id', of: (location: { readonly id: string }) => location.id };
      const read = readPushed(pair, { document, owner: from.owner, id }, named);
      if (read.kind === 'malformed') return { kind: 'invalid', problems: read.problems };
      return await receiveLocation(database, from, id, receivedAt, (held) =>
        ifNotOlder(held, read.value, receivedAt),
      );
    }
    case 'PATCH':
      return await receiveLocation(database, from, id, receivedAt, (held) =>
        judgePatch(pair, held, { patch: document, receivedAt }, locationPatch, context),
      );
    default:
      return notFound;
  }
}

async function ofEvse(pushed: Pushed, uid: string): Promise<OcpiOutcome> {
  const { from, id, document, receivedAt, method, version } = pushed;
  const { database } = pushed.caller;
  const pair = allTranslators[version].evse;
  const context = { owner: from.owner };
  const place = { locationId: id, uid };
  switch (method) {
    case 'GET': {
      const rid = receivedId('location', from, id);
      const found = await readHeldEvse(database, from.operatorId, rid, uid);
      return shownOf(pair, found?.held?.evse, context);
    }
    case 'PUT': {
      const named = { path: 'uid', of: (evse: PartnerEvse) => evse.uid };
      const read = readPart(pair, { document, id: uid, context }, named);
      if (read.kind !== 'received') return read;
      return await receiveEvse(database, from, place, receivedAt, (held) =>
        ifNotOlder(held, read.value, receivedAt),
      );
    }
    case 'PATCH':
      return await receiveEvse(database, from, place, receivedAt, (held) =>
        judgePatch(pair, held, { patch: document, receivedAt }, evsePatch, context),
      );
    default:
      return notFound;
  }
}

/** Judges an EVSE by what a partner says of one of its connectors. */
const withConnector = (
  evse: PartnerEvse | undefined,
  judge: (evse: PartnerEvse) => Judged<PartnerConnector>,
): Judged<PartnerEvse> => {
  if (evse === undefined) return notFound;
  const judged = judge(evse);
  return judged.kind === 'keep'
    ? { kind: 'keep', object: putConnector(evse, judged.object) }
    : judged;
};

async function ofConnector(pushed: Pushed, uid: string, connectorId: string): Promise<OcpiOutcome> {
  const { from, id, document, receivedAt, method, version } = pushed;
  const { database } = pushed.caller;
  const pair = allTranslators[version].connector;
  const context = { owner: from.owner };
  const place = { locationId: id, uid };
  switch (method) {
    case 'GET': {
      const rid = receivedId('location', from, id);
      const evse = (await readHeldEvse(database, from.operatorId, rid, uid))?.held?.evse;
      return shownOf(pair, evse && connectorIn(evse, connectorId), context);
    }
    case 'PUT': {
      const named = { path: 'id', of: (connector: PartnerConnector) => connector.id };
      const read = readPart(pair, { document, id: connectorId, context }, named);
      if (read.kind !== 'received') return read;
      return await receiveEvse(database, from, place, receivedAt, (held) =>
        withConnector(held, (evse) =>
          ifNotOlder(connectorIn(evse, connectorId), read.value, receivedAt),
        ),
      );
    }
    case 'PATCH':
      return await receiveEvse(database, from, place, receivedAt, (held) =>
        withConnector(held, (evse) =>
          judgePatch(
            pair,
            connectorIn(evse, connectorId),
            { patch: document, receivedAt },
            connectorPatch,
            context,
          ),
        ),
      );
    default:
      return notFound;
  }
}

/** Answers a partner that pushes its locations, EVSEs and connectors, or reads one back. */
export async function receiveLocations(
  caller: OcpiCaller,
  place: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiOutcome> {
  const named = await pushedPlace(caller, place);
  if ('kind' in named) return named;
  const { method } = request;
  const { version } = place;
  const pushed = { ...named, caller, version, method, ...pushedDocument(caller, request) };
  const [evseUid, connectorId, ...more] = named.more;
  if (more.length > 0) return notFound;
  if (evseUid === undefined) return await ofLocation(pushed);
  if (connectorId === undefined) return await ofEvse(pushed, evseUid);
  return await ofConnector(pushed, evseUid, connectorId);
}
