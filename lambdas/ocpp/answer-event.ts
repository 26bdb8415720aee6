import { answerFrame } from '../../core/ocpp/answer-frame.ts';
import type { ReceivedEvent } from '../../core/ocpp/receive.ts';
import { recordBoot } from '../store/boots.ts';
import { present } from '../store/item.ts';
import { authorize } from './authorize.ts';
import { keepMessage } from './keep-message.ts';
import { keepUnusable } from './keep-unusable.ts';
import { markHeard } from './mark-heard.ts';
import { startSession } from './start-session.ts';
import { receivedAt, type Step } from './step.ts';
import { stopSession } from './stop-session.ts';

/** Does what an event asks for and writes the frame that answers it. */
export async function answerEvent(step: Step, received: ReceivedEvent): Promise<string> {
  const { event } = received;
  switch (event.kind) {
    case 'booted': {
      const { vendor, model, serialNumber, firmwareVersion, raw } = event;
      const facts = { vendor, model, serialNumber, firmwareVersion, bootedAt: receivedAt(step) };
      await recordBoot(step.database, step.charger.chargerKey, present(facts), raw);
      return answerFrame(received, event.kind, {
        status: 'Accepted',
        currentTime: receivedAt(step),
        intervalSeconds: step.settings.heartbeatSeconds,
      });
    }
    case 'heartbeat':
      await markHeard(step);
      return answerFrame(received, event.kind, { currentTime: receivedAt(step) });
    case 'statusReported':
      await keepMessage(step, { ...event, kind: 'status' }, undefined);
      return answerFrame(received, event.kind, {});
    case 'tokenPresented': {
      const authorization = await authorize(step, event.tokenId);
      return answerFrame(received, event.kind, { authorization });
    }
    case 'sessionStarted':
      return answerFrame(received, event.kind, await startSession(step, event));
    case 'metered':
      await keepMessage(step, { ...event, kind: 'meter' }, event.transactionId);
      return answerFrame(received, event.kind, {});
    case 'sessionStopped':
      await stopSession(step, event);
      return answerFrame(received, event.kind, {});
    case 'unusable':
      await keepUnusable(step, event);
      return answerFrame(received, event.kind, {});
    case 'dataTransferred':
      return answerFrame(received, event.kind, { status: 'UnknownVendorId' });
    case 'certificateRequested':
      return answerFrame(received, event.kind, { status: 'Rejected' });
    case 'diagnosticsReported':
    case 'firmwareReported':
    case 'securityReported':
      return answerFrame(received, event.kind, {});
    default:
      return event satisfies never;
  }
}
