import { heartbeatSeconds } from '../../core/configuration/default-settings.ts';
import type { MessageContext } from './message-context.ts';

/** The deployment's settings, from the function's environment. */
export const settings: MessageContext['settings'] = {
  heartbeatSeconds: heartbeatSeconds,
  retentionDays: Number(process.env['READING_RETENTION_DAYS'] ?? 400),
  hasAuthority: process.env['CHARGER_AUTHORITY_KEY_ID'] !== undefined,
};
