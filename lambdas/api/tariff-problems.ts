import type { Tariff } from '../../core/tariff/tariff.ts';
import type { Detail } from './api-answer.ts';

/** What keeps a tariff from being priced; none for a sound one. */
export const tariffProblems = (_tariff: Tariff): readonly Detail[] => [];
