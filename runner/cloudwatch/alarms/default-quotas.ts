import type { MetricName } from '../dashboards/metric-store.ts';

/** The requests that an account may make in a second unless it asked for more, by the resource of the usage metric. */
const perSecond: Readonly<Record<string, number>> = { CryptographicOperationsEcc: 1000 };

/** The quota that a usage metric is held against in an account that never asked for another one. */
export const defaultQuotaOf = ({ dimensions }: MetricName): number | undefined =>
  perSecond[dimensions['Resource'] ?? ''];
