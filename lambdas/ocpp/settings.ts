import type { MessageContext } from './message-context.ts';

/** The deployment's settings, from the function's environment. */
export const settings: MessageContext['settings'] = {
  heartbeatSeconds: Number(process.env['HEARTBEAT_SECONDS'] ?? 560),
  retentionDays: Number(process.env['READING_RETENTION_DAYS'] ?? 400),
};
