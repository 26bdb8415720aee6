import { loadVersion } from '../../core/ocpp/load-version.ts';
import type { ReadStatus } from '../../core/ocpp/version.ts';
import type { MessageRecord } from '../store/readings/readings.ts';

/** Reads what a kept message says of its connector's status; undefined where it says nothing of it. */
export async function statusOf({
  protocol,
  kind,
  raw,
}: MessageRecord): Promise<ReadStatus | undefined> {
  if (protocol === 'push') return undefined;
  return (await loadVersion(protocol)).readStatus(kind, raw);
}
