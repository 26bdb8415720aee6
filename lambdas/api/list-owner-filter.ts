import { chargerKey } from '../../core/charger/charger-key.ts';
import { type Refused, refused } from '../http/answer.ts';
import type { ListOwner } from '../store/table/list-owner.ts';
import { id } from './forms.ts';

/** The filters of lists of sessions and CDRs by whose they are; one of them at a time. */
export const ownerFilters = {
  chargerId: id(48).optional(),
  locationId: id(64).optional().meta({
    description: 'The location that the charger belonged to when the session began.',
  }),
  accountId: id(64).optional(),
};

/** Whose sessions or CDRs are asked for; refused where a query names several, of which no index lists what they have in common. */
export function ownerOf(
  operatorId: string,
  query: {
    readonly chargerId?: string | undefined;
    readonly locationId?: string | undefined;
    readonly accountId?: string | undefined;
  },
): { readonly kind: 'found'; readonly owner?: ListOwner } | Refused<'INVALID_REQUEST'> {
  const { chargerId, locationId, accountId } = query;
  const named = Object.entries({ chargerId, locationId, accountId }).filter(
    ([, value]) => value !== undefined,
  );
  if (named.length > 1) {
    const message = 'Only one of chargerId, locationId and accountId may be given.';
    return refused(
      'INVALID_REQUEST',
      named.slice(1).map(([name]) => ({ path: `query.${name}`, message })),
    );
  }
  if (chargerId !== undefined) {
    const owner = { kind: 'charger', chargerKey: chargerKey(operatorId, chargerId) } as const;
    return { kind: 'found', owner };
  }
  if (locationId !== undefined) return { kind: 'found', owner: { kind: 'location', locationId } };
  if (accountId !== undefined) return { kind: 'found', owner: { kind: 'account', accountId } };
  return { kind: 'found' };
}
