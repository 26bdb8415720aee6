import { normalizeOperatorSlug } from '../../../../core/operator/operator-slug.ts';
import type { Key } from './key.ts';

/** The operator that everything else belongs to. */
export const operatorKey = (operatorId: string): Key => ({
  pk: `OPERATOR#${operatorId}`,
  sk: 'OPERATOR',
});

/** Whose slug it is. */
export const operatorSlugKey = (slug: string): Key => ({
  pk: `OPERATORSLUG#${normalizeOperatorSlug(slug)}`,
  sk: 'OPERATORSLUG',
});

/** How an operator bills. */
export const settingsKey = (operatorId: string): Key => ({
  pk: `OPERATOR#${operatorId}`,
  sk: 'SETTINGS',
});

/** The settings that an operator wants its chargers to have. */
export const operatorConfigurationKey = (operatorId: string): Key => ({
  pk: `OPERATOR#${operatorId}`,
  sk: 'CONFIGURATION',
});

/** Where the sweep of all operators continues. */
export const sweepKey: Key = { pk: 'SWEEP', sk: 'POSITION' };
