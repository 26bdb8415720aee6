/** Name of the index of each location's sessions and CDRs: keys alone, sparse, over `atLocation` and `listSort`. */
export const locationListingIndex = 'location-listing';

/** Name of the index of each account's sessions and CDRs: keys alone, sparse, over `ofAccount` and `listSort`. */
export const accountListingIndex = 'account-listing';

/** Whose sessions or CDRs a list has, where it has not all of an operator. */
export type ListOwner =
  | { readonly kind: 'charger'; readonly chargerKey: string }
  | { readonly kind: 'location'; readonly locationId: string }
  | { readonly kind: 'account'; readonly accountId: string };

/** The location and the account that a session or CDR is listed by. */
export type ListedBy = {
  readonly operatorId: string;
  readonly shard: number;
  readonly locationId?: string | undefined;
  readonly accountId?: string | undefined;
};

/** Short, for they are part of every session: sessions, CDRs, and CDRs of the states that are listed by the operator's partitions. */
const kinds = { session: 'S', cdr: 'C', 'rare-cdr': 'R' } as const;

/** The kinds of things that are listed by location and account. */
export type ListedKind = keyof typeof kinds;

/** Partition of the index of a location: as many entries come as its chargers have sessions. */
export const atLocation = (kind: ListedKind, operatorId: string, locationId: string): string =>
  `${operatorId}#${locationId}#${kinds[kind]}`;

/** The location of a partition of the index. */
export const locationIn = (partition: string | undefined): string | undefined =>
  partition?.split('#')[1];

/** Partition of the index of an account: it may be that of a whole fleet, so it has shards. */
export const ofAccount = (
  kind: ListedKind,
  operatorId: string,
  accountId: string,
  shard: number,
): string => `${operatorId}#${accountId}#${kinds[kind]}${shard}`;

/** The attributes that list a session or a CDR by its location and its account. */
export const ownerEntries = (
  kind: ListedKind,
  { operatorId, shard, locationId, accountId }: ListedBy,
) => ({
  atLocation: locationId === undefined ? undefined : atLocation(kind, operatorId, locationId),
  ofAccount: accountId === undefined ? undefined : ofAccount(kind, operatorId, accountId, shard),
});

/** The attribute by which entries of a partition of the operator's are those of an owner. */
export type OwnerFilter = {
  readonly name: 'chargerKey' | 'atLocation' | 'ofAccount';
  readonly value: string;
};

/** How the things of an owner are recognized in the partitions of one of its operator's shards. */
export const ownerFilter = (
  kind: ListedKind,
  operatorId: string,
  owner: ListOwner,
  shard: number,
): OwnerFilter => {
  switch (owner.kind) {
    case 'charger':
      return { name: 'chargerKey', value: owner.chargerKey };
    case 'location':
      return { name: 'atLocation', value: atLocation(kind, operatorId, owner.locationId) };
    case 'account':
      return { name: 'ofAccount', value: ofAccount(kind, operatorId, owner.accountId, shard) };
    default:
      return owner satisfies never;
  }
};
