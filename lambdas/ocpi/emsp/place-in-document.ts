import type { Context } from '../../../core/ocpi/codec/context.ts';
import { isFields } from '../../../core/ocpi/common/fields.ts';
import type { PartnerLocation } from '../../../core/ocpi/model/location.ts';
import type { Party } from '../../../core/ocpi/model/party.ts';
import { allTranslators } from '../../../core/ocpi/partner/all-translators.ts';
import { connectedParties } from '../../../core/ocpi/partner/connected-to.ts';
import { partyFor } from '../../../core/ocpi/partner/party-for.ts';
import type { JsonLiteral } from '../../../core/units/json-literals.ts';
import { readOurParties } from '../../store/partners/ocpi-settings.ts';
import type { OcpiCaller } from '../ocpi-caller.ts';
import type { ModulePlace } from '../place.ts';

/** The location that a session or CDR of 2.1.1 embeds, by which it can be said again; nothing in later versions. */
export function placeInDocument(
  version: ModulePlace['version'],
  document: JsonLiteral,
  owner: Party,
): PartnerLocation | undefined {
  if (version !== '2.1.1' || !isFields(document)) return undefined;
  const read = allTranslators[version].location?.from(document['location'] ?? null, { owner });
  return read?.kind === 'received' ? read.value : undefined;
}

/** The context of sessions and CDRs of a partner: in 2.1.1 their drivers are those of our party of the connection. */
export async function contextOfDrivers(
  { database, partner }: OcpiCaller,
  version: ModulePlace['version'],
  owner: Party,
): Promise<Context> {
  if (version !== '2.1.1') return { owner };
  const ours = await readOurParties(database, partner.operatorId);
  const emsp = partyFor(connectedParties(partner, ours), 'EMSP', undefined);
  return { owner, negativeCredits: true, ...(emsp === undefined ? {} : { emsp }) };
}
