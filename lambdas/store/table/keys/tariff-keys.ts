import type { Key } from './key.ts';

const tariff = (operatorId: string, tariffId: string): string => `TARIFF#${operatorId}#${tariffId}`;

/** The tariff's name and latest version. */
export const tariffKey = (operatorId: string, tariffId: string): Key => ({
  pk: tariff(operatorId, tariffId),
  sk: 'TARIFF',
});

/** Start of the sort keys of a tariff's versions. */
export const tariffVersionPrefix = 'V#';

/** One version of a tariff, which never changes; sorted by when it was made. */
export const tariffVersionKey = (
  operatorId: string,
  tariffId: string,
  createdAt: string,
  version: number,
): Key => ({
  pk: tariff(operatorId, tariffId),
  sk: `${tariffVersionPrefix}${createdAt}#${String(version).padStart(6, '0')}`,
});

/** The number of the version that a sort key names. */
export const versionOfKey = (sk: string): number => Number(sk.slice(sk.lastIndexOf('#') + 1));
