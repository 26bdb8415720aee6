import type { OurModule } from '../../core/ocpi/partner/our-endpoints.ts';

/** The modules that we serve, by role: the endpoints that partners find, and the table in docs/ocpi.md. */
export const servedModules: readonly OurModule[] = [];
