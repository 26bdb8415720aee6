import type { AnswerWriters } from '../answer.ts';
import { authorizeResponse } from './authorize.ts';
import { bootNotificationResponse } from './boot-notification.ts';
import { dataTransferResponse } from './data-transfer.ts';
import { heartbeatResponse } from './heartbeat.ts';
import { signCertificateResponse } from './sign-certificate.ts';
import { startTransactionResponse } from './start-transaction.ts';
import { stopTransactionResponse } from './stop-transaction.ts';

const acknowledgement = (): object => ({});

/** No message of OCPP 1.6 says this, so that it is never answered. */
const notOfVersion = acknowledgement;

/** Id 0 belongs to no transaction; the charger learns that nothing was started, and is not blocked by an error. */
const notStarted = startTransactionResponse({
  transactionId: '0',
  authorization: { status: 'Invalid' },
});

/** Every answer to an OCPP 1.6 charger. */
export const answers: AnswerWriters<string> = {
  booted: bootNotificationResponse,
  heartbeat: heartbeatResponse,
  statusReported: acknowledgement,
  tokenPresented: authorizeResponse,
  sessionStarted: startTransactionResponse,
  metered: acknowledgement,
  sessionReported: notOfVersion,
  sessionStopped: stopTransactionResponse,
  dataTransferred: dataTransferResponse,
  diagnosticsReported: acknowledgement,
  firmwareReported: acknowledgement,
  securityReported: acknowledgement,
  informed: notOfVersion,
  needsReported: notOfVersion,
  scheduleReported: notOfVersion,
  contractRequested: notOfVersion,
  revocationAsked: notOfVersion,
  scheduleAsked: notOfVersion,
  streamOpened: notOfVersion,
  paymentSettled: notOfVersion,
  vatNumberAsked: notOfVersion,
  chainStatusAsked: notOfVersion,
  certificateRequested: signCertificateResponse,
  unusable: (_answer, action) => (action === 'StartTransaction' ? notStarted : {}),
};
