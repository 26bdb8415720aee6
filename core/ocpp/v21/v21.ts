import { validateMeterValuesRequest } from '../generated/v21/meter-values-request.js';
import { validateStatusNotificationRequest } from '../generated/v21/status-notification-request.js';
import { validateTransactionEventRequest } from '../generated/v21/transaction-event-request.js';
import { writeAnswer } from '../v2x/answers.ts';
import { readPayload } from '../v2x/read-payload.ts';
import { versionOf } from '../v2x/version-of.ts';
import type { Version } from '../version.ts';
import { centralActions } from './central-action.ts';
import { chargerSays } from './charger-says.ts';
import { routes } from './routes.ts';
import { sends } from './sends.ts';
import { transactionLimit } from './transaction-limit.ts';

/** OCPP 2.1, of JSON over WebSocket. */
export const v21: Version = versionOf({
  protocol: 'ocpp2.1',
  name: 'OCPP 2.1',
  routes,
  sends,
  centralActions,
  stored: {
    transactionEvent: (payload, raw) =>
      readPayload('TransactionEvent', validateTransactionEventRequest, payload, raw),
    meterValues: (payload, raw) =>
      readPayload('MeterValues', validateMeterValuesRequest, payload, raw),
    statusNotification: (payload, raw) =>
      readPayload('StatusNotification', validateStatusNotificationRequest, payload, raw),
    says: chargerSays,
  },
  writeAnswer: (action, given) =>
    action === 'TransactionEvent'
      ? { ...writeAnswer(action, given), ...transactionLimit(given) }
      : writeAnswer(action, given),
});
