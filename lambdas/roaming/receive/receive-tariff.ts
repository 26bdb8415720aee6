import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import type { PartnerTariff } from '../../../core/ocpi/model/tariff.ts';
import { readHeldTariff, writeHeldTariff } from '../../store/received/received-tariffs.ts';
import type { Database } from '../../store/table/client.ts';
import type { ReceivedFrom } from '../../store/table/keys/received-keys.ts';
import { despiteOthers, type Judged, tooLarge } from './receiving.ts';

/** Keeps a tariff of a partner as `judge` wants it by the one that the partner has. */
export const receiveTariff = async (
  database: Database,
  from: ReceivedFrom,
  tariffId: string,
  judge: (held: PartnerTariff | undefined) => Judged<PartnerTariff>,
): Promise<OcpiOutcome> =>
  await despiteOthers(async () => {
    const held = await readHeldTariff(database, from, tariffId);
    const isThere = held !== undefined && held.deletedAt === undefined;
    const judged = judge(held?.tariff);
    if (judged.kind !== 'keep') return judged;
    const written = await writeHeldTariff(database, from, held, { tariff: judged.object });
    if (written === 'changed') return 'changed';
    return written === 'written' ? { kind: isThere ? 'ok' : 'created' } : tooLarge('');
  });

/** Notes that a partner deleted a tariff; for the CDRs of sessions that began with it, it stays. */
export const endTariff = async (
  database: Database,
  from: ReceivedFrom,
  tariffId: string,
  deletedAt: string,
): Promise<OcpiOutcome> =>
  await despiteOthers(async () => {
    const held = await readHeldTariff(database, from, tariffId);
    if (held === undefined) return { kind: 'object-not-found' };
    if (held.deletedAt !== undefined) return { kind: 'ok' };
    const { tariff } = held;
    const written = await writeHeldTariff(database, from, held, { tariff, deletedAt });
    return written === 'changed' ? 'changed' : { kind: 'ok' };
  });
