import { connectorStatusWord } from '../charger/connector-status.ts';
import type { EventDraft } from './event.ts';
import type { ConnectorImage } from './state-image.ts';

const isFaulty = ({ status, errorCode }: ConnectorImage): boolean =>
  status === 'faulted' || (errorCode !== undefined && errorCode !== 'NoError');

const sameStatus = (old: ConnectorImage, image: ConnectorImage): boolean =>
  old.status === image.status && old.errorCode === image.errorCode;

const sameFault = (old: ConnectorImage, image: ConnectorImage): boolean =>
  isFaulty(old) &&
  old.errorCode === image.errorCode &&
  old.vendorErrorCode === image.vendorErrorCode &&
  old.info === image.info;

/**
 * The status of a connector changed, or it reports a fault that it did not report before. A status that is repeated is no
 * event, nor is a session that starts on it.
 */
export function connectorEvents(
  old: ConnectorImage | undefined,
  image: ConnectorImage,
  writtenAt: string,
): readonly EventDraft[] {
  if (image.status === undefined) return [];
  const { evseId, connectorId, chargerKey } = image;
  const subject = { kind: 'charger', chargerKey } as const;
  const at = image.statusReceivedAt ?? writtenAt;
  const data = {
    evseId,
    connectorId,
    status: connectorStatusWord(image.status),
    errorCode: image.errorCode ?? null,
    statusAt: image.statusAt ?? null,
  };
  const events: EventDraft[] = [];
  if (old === undefined || !sameStatus(old, image)) {
    events.push({ type: 'charger.status', subject, at, data });
  }
  if (isFaulty(image) && (old === undefined || !sameFault(old, image))) {
    const { vendorErrorCode = null, info = null } = image;
    events.push({ type: 'charger.fault', subject, at, data: { ...data, vendorErrorCode, info } });
  }
  return events;
}
