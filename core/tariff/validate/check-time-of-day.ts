import type { TariffProblem } from '../model/tariff-problem.ts';

/** Problems of a time of day that must be `HH:MM` between 00:00 and 23:59; absent is fine. */
export const checkTimeOfDay = (path: string, text: string | undefined): readonly TariffProblem[] =>
  text === undefined || /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
    ? []
    : [
        {
          path,
          code: 'TARIFF_TIME_INVALID',
          message: `"${text}" is not a time of day between 00:00 and 23:59.`,
        },
      ];
