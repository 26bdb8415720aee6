import { validateStatusNotificationRequest } from '../generated/v16/status-notification-request.js';
import { parseJson } from '../rpc/parse-json.ts';
import type { Version } from '../version.ts';
import { readPayload } from './read-payload.ts';
import { toStatusReported } from './status-notification.ts';

/** Reads a stored StatusNotification.req again as it was read when it came. */
export const readStatus: Version['readStatus'] = (kind, raw) => {
  if (kind !== 'status') return undefined;
  const payload = parseJson(raw)?.value;
  const found = readPayload('StatusNotification', validateStatusNotificationRequest, payload, raw);
  return found.kind === 'refused' ? undefined : toStatusReported(found.payload, raw);
};
