import type { ConnectorState } from '../../metering/model/reading.ts';
import { validateStatusNotificationRequest } from '../generated/v16/status-notification-request.js';
import { parseJson } from '../rpc/parse-json.ts';
import { connectorStatusOf } from './connector-status-of.ts';
import { readPayload } from './read-payload.ts';

/**
 * Reads the state out of the text of a StatusNotification.req. A state without a timestamp takes that of its arrival;
 * undefined when the text cannot be read.
 */
export const toConnectorState = (raw: string, receivedAt: number): ConnectorState | undefined => {
  const payload = parseJson(raw)?.value;
  const found = readPayload('StatusNotification', validateStatusNotificationRequest, payload, raw);
  if (found.kind === 'refused') return undefined;
  const { timestamp, status } = found.payload;
  return {
    timestamp: timestamp || new Date(receivedAt).toISOString(),
    status: connectorStatusOf(status),
  };
};
