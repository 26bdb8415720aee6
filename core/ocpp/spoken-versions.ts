import type { Protocol } from './protocol.ts';
import { v16 } from './v16/version.ts';
import type { Version } from './version.ts';

/** The OCPP versions that we speak today. */
export const spokenVersions: Readonly<Partial<Record<Protocol, Version>>> = { 'ocpp1.6': v16 };
