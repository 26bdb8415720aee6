import { defaultMonitoring } from '../monitoring/monitoring-settings.ts';
import { accountEvents } from './account-events.ts';
import { billEvents } from './bill-events.ts';
import { campaignEvents } from './campaign-events.ts';
import { cdrEvents } from './cdr-events.ts';
import { commandEvents } from './command-events.ts';
import { connectionEvents } from './connection-events.ts';
import { connectorEvents } from './connector-events.ts';
import type { EventDraft } from './event.ts';
import { runningEvents } from './running-events.ts';
import { sessionEvents } from './session-events.ts';
import type { StateImage } from './state-image.ts';
import { webhookEvents } from './webhook-events.ts';

/** The image before a change where it is of the same kind as the one after it. */
const alike = <Image extends StateImage>(
  old: StateImage | undefined,
  image: Image,
): Image | undefined => (old?.kind === image.kind ? (old as Image) : undefined);

/**
 * The events of a change: from what was stored before, and after. None for a change that matters to nobody, such as one that
 * was stored again. `writtenAt` is when it was stored, ISO 8601 in UTC, for changes that have no time of their own; `noEnergyKwh` is the energy up to which
 * their operator takes a session for one without any.
 */
export function deriveEvents(
  old: StateImage | undefined,
  image: StateImage | undefined,
  writtenAt: string,
  noEnergyKwh: string = defaultMonitoring.failedSessions.noEnergyKwh,
): readonly EventDraft[] {
  // A connection is all that ends by its removal, when its charger is deleted.
  if (image === undefined) {
    return old?.kind === 'connection' ? connectionEvents(old, undefined, writtenAt) : [];
  }
  switch (image.kind) {
    case 'connection':
      return connectionEvents(alike(old, image), image, writtenAt);
    case 'connector':
      return connectorEvents(alike(old, image), image, writtenAt);
    case 'session':
      return sessionEvents(alike(old, image), image, writtenAt);
    case 'running':
      return runningEvents(alike(old, image), image);
    case 'cdr':
      return cdrEvents(alike(old, image), image, writtenAt, noEnergyKwh);
    case 'command':
      return commandEvents(alike(old, image), image, writtenAt);
    case 'campaign':
      return campaignEvents(alike(old, image), image, writtenAt);
    case 'bill':
      return billEvents(alike(old, image), image);
    case 'limit-reached':
      return accountEvents(alike(old, image), image);
    case 'webhook':
      return webhookEvents(alike(old, image), image);
    default:
      return image satisfies never;
  }
}
