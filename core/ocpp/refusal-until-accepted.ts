import type { ReceivedCall } from './receive.ts';
import { callError } from './rpc/call-error.ts';
import { faultCode } from './rpc/fault.ts';

/**
 * Writes the frame that refuses a CALL of a charger that is not accepted yet (OCPP 2.0.1 use cases B02 and B03). Undefined for its
 * boot, and in OCPP 1.6, which knows no such refusal: an error would block what the charger has stored about its sessions.
 */
export const refusalUntilAccepted = ({
  version: { protocol },
  messageId,
  action,
}: Pick<ReceivedCall, 'version' | 'messageId' | 'action'>): string | undefined =>
  protocol === 'ocpp1.6' || action === 'BootNotification'
    ? undefined
    : callError(
        messageId,
        faultCode(protocol, 'not-accepted'),
        'The charger has not been accepted by its operator.',
      );
