import { validateMeterValuesRequest } from '../generated/v201/meter-values-request.js';
import { validateStatusNotificationRequest } from '../generated/v201/status-notification-request.js';
import { validateTransactionEventRequest } from '../generated/v201/transaction-event-request.js';
import { writeAnswer } from '../v2x/answers.ts';
import { noRequests } from '../v2x/no-requests.ts';
import { readPayload } from '../v2x/read-payload.ts';
import { versionOf } from '../v2x/version-of.ts';
import type { Version } from '../version.ts';
import { centralActions } from './action.ts';
import { routes } from './routes.ts';

const name = 'OCPP 2.0.1';

/** OCPP 2.0.1, of JSON over WebSocket. */
export const v201: Version = versionOf({
  protocol: 'ocpp2.0.1',
  name,
  routes,
  centralActions,
  stored: {
    transactionEvent: (payload, raw) =>
      readPayload('TransactionEvent', validateTransactionEventRequest, payload, raw),
    meterValues: (payload, raw) =>
      readPayload('MeterValues', validateMeterValuesRequest, payload, raw),
    statusNotification: (payload, raw) =>
      readPayload('StatusNotification', validateStatusNotificationRequest, payload, raw),
  },
  writeAnswer,
  loadRequests: async () => noRequests(name),
});
