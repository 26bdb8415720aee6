import type * as z from 'zod';
import { previewPrice } from '../../../core/tariff/preview/preview-price.ts';
import { kwhNumber } from '../../../core/units/format-kwh.ts';
import { instant, isoInstant } from '../../../core/units/instant.ts';
import { done, refused } from '../../http/answer.ts';
import { readTariff, readTariffVersion } from '../../store/tariffs/tariffs.ts';
import type { Caller } from '../api-route.ts';
import { type PreviewForm, readPlan } from './tariff-preview-form.ts';

/** Prices a described session under a tariff, in its latest version unless one is named. Nothing is kept. */
export async function previewTariff(
  { database, operatorId }: Caller,
  tariffId: string,
  form: z.infer<typeof PreviewForm>,
) {
  const latest = await readTariff(database, operatorId, tariffId);
  if (latest === undefined) return refused('TARIFF_NOT_FOUND');
  const wanted = form.version ?? latest.tariff.version;
  const version =
    wanted === latest.tariff.version
      ? latest
      : await readTariffVersion(database, operatorId, tariffId, wanted);
  if (version === undefined) return refused('TARIFF_VERSION_NOT_FOUND');
  const read = readPlan(form);
  if (read.kind === 'refused') return refused('INVALID_REQUEST', read.details);
  const { plan, place } = read;
  const { price, energy, warnings } = previewPrice(version.tariff, plan, place);
  return done({
    tariffId,
    version: wanted,
    startedAt: isoInstant(plan.startedAt),
    endedAt: isoInstant(instant(plan.startedAt + plan.duration)),
    timeZone: place.timeZone,
    energyKwh: kwhNumber(energy),
    ...price,
    warnings,
  });
}
