import { ocpiVersions } from '../../core/ocpi/partner/ocpi-versions.ts';
import type { OurModule } from '../../core/ocpi/partner/our-endpoints.ts';

/** The modules that we serve, by role: the endpoints that partners find, and the table in docs/ocpi.md. */
export const servedModules = [
  { role: 'CPO', module: 'locations', side: 'SENDER', versions: ocpiVersions },
  { role: 'CPO', module: 'tariffs', side: 'SENDER', versions: ocpiVersions },
  { role: 'CPO', module: 'sessions', side: 'SENDER', versions: ocpiVersions },
  { role: 'CPO', module: 'cdrs', side: 'SENDER', versions: ocpiVersions },
  { role: 'CPO', module: 'invoicereconciliation', side: 'SENDER', versions: ['2.3.0'] },
  { role: 'CPO', module: 'commands', side: 'RECEIVER', versions: ocpiVersions },
  { role: 'CPO', module: 'chargingprofiles', side: 'RECEIVER', versions: ['2.3.0', '2.2.1'] },
  { role: 'CPO', module: 'tokens', side: 'RECEIVER', versions: ocpiVersions },
  { role: 'EMSP', module: 'locations', side: 'RECEIVER', versions: ocpiVersions },
  { role: 'EMSP', module: 'tariffs', side: 'RECEIVER', versions: ocpiVersions },
  { role: 'EMSP', module: 'sessions', side: 'RECEIVER', versions: ocpiVersions },
  { role: 'EMSP', module: 'cdrs', side: 'RECEIVER', versions: ocpiVersions },
  { role: 'EMSP', module: 'invoicereconciliation', side: 'RECEIVER', versions: ['2.3.0'] },
  { role: 'EMSP', module: 'tokens', side: 'SENDER', versions: ocpiVersions },
  { role: 'EMSP', module: 'commands', side: 'SENDER', versions: ocpiVersions },
  { role: 'EMSP', module: 'chargingprofiles', side: 'SENDER', versions: ['2.3.0', '2.2.1'] },
] as const satisfies readonly OurModule[];
