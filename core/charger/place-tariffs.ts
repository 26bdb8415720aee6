import type { ConnectorRef } from './connector-ref.ts';

/** The tariffs at a charger: that of the charger, its location or operator, and those of connectors that have their own. */
export type PlaceTariffs = {
  readonly charger?: string;
  readonly connectors: readonly (ConnectorRef & { readonly tariffId: string })[];
};
