import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import type { PartnerTariff } from '../../../core/ocpi/model/tariff.ts';
import { allTranslators } from '../../../core/ocpi/partner/all-translators.ts';
import { readPushed } from '../../../core/ocpi/partner/pushed-object.ts';
import { tariffPatch } from '../../../core/ocpi/patch/patch-rules.ts';
import { endTariff, receiveTariff } from '../../roaming/receive/receive-tariff.ts';
import { ifNotOlder } from '../../roaming/receive/receiving.ts';
import { readHeldTariff } from '../../store/received/received-tariffs.ts';
import type { OcpiCaller } from '../ocpi-caller.ts';
import type { OcpiRequest } from '../ocpi-request.ts';
import type { ModulePlace } from '../place.ts';
import { judgePatch } from './judge-patch.ts';
import { notFound, pushedDocument, pushedPlace, shownOf } from './pushed-place.ts';

const idOf = { path: 'id', of: ({ id }: PartnerTariff): string => id };

/** Answers a partner that pushes its tariffs, or takes one back; PATCH is of 2.1.1 alone. */
export async function receiveTariffs(
  caller: OcpiCaller,
  place: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiOutcome> {
  const named = await pushedPlace(caller, place);
  if ('kind' in named) return named;
  const { from, id, more } = named;
  if (more.length > 0) return notFound;
  const { database } = caller;
  const pair = allTranslators[place.version].tariff;
  const { document, receivedAt } = pushedDocument(caller, request);
  const context = { owner: from.owner };
  switch (request.method) {
    case 'GET': {
      const held = await readHeldTariff(database, from, id);
      return shownOf(pair, held?.deletedAt === undefined ? held?.tariff : undefined, context);
    }
    case 'PUT': {
      const read = readPushed(pair, { document, owner: from.owner, id }, idOf);
      if (read.kind === 'malformed') return { kind: 'invalid', problems: read.problems };
      return await receiveTariff(database, from, id, (held) =>
        ifNotOlder(held, read.value, receivedAt),
      );
    }
    case 'PATCH':
      if (place.version !== '2.1.1') return notFound;
      return await receiveTariff(database, from, id, (held) =>
        judgePatch(pair, held, { patch: document, receivedAt }, tariffPatch, context),
      );
    case 'DELETE':
      return await endTariff(database, from, id, receivedAt);
    default:
      return notFound;
  }
}
