import { shortDecimal } from '../units/decimal.ts';
import { kwhNumber } from '../units/format-kwh.ts';
import type { EventDraft, Progress } from './event.ts';
import type { RunningImage } from './state-image.ts';

const percent = (stateOfCharge: string | undefined): number | null =>
  stateOfCharge === undefined || Number.isNaN(Number(stateOfCharge)) ? null : Number(stateOfCharge);

const progressOf = (image: RunningImage): Omit<Progress, 'updatedAt'> => ({
  energyKwh: kwhNumber(image.energy),
  powerKw: image.power === undefined ? null : Number(shortDecimal(image.power, 6)),
  stateOfCharge: percent(image.stateOfCharge),
  cost: image.cost ?? null,
});

/** A running session's energy, power, state of charge or cost changed. */
export function runningEvents(
  old: RunningImage | undefined,
  image: RunningImage,
): readonly EventDraft[] {
  const progress = progressOf(image);
  if (old !== undefined && JSON.stringify(progressOf(old)) === JSON.stringify(progress)) return [];
  const { sessionId, updatedAt } = image;
  return [
    {
      type: 'session.updated',
      subject: { kind: 'session', sessionId },
      at: updatedAt,
      data: { ...progress, updatedAt },
    },
  ];
}
