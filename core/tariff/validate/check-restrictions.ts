import { decimalOf } from '../../units/decimal.ts';
import { dayOfDate } from '../../units/local-time.ts';
import type { TariffRestrictions } from '../model/tariff.ts';
import type { TariffProblem } from '../model/tariff-problem.ts';
import { checkDecimal, checkWhole } from './check-numbers.ts';
import { checkTimeOfDay } from './check-time-of-day.ts';

const decimalBounds = [
  ['minKwh', 'maxKwh'],
  ['minCurrent', 'maxCurrent'],
  ['minPower', 'maxPower'],
] as const;

const emptyWindow = (path: string, from: string, until: string): readonly TariffProblem[] => [
  {
    path,
    code: 'TARIFF_WINDOW_EMPTY',
    message: `The window from ${from} to below ${until} is empty, so its element never applies.`,
  },
];

const checkDate = (path: string, text: string | undefined): readonly TariffProblem[] =>
  text === undefined || dayOfDate(text) !== undefined
    ? []
    : [
        {
          path,
          code: 'TARIFF_DATE_INVALID',
          message: `"${text}" is not a calendar date (YYYY-MM-DD).`,
        },
      ];

const checkDecimalBounds = (path: string, stated: TariffRestrictions): readonly TariffProblem[] =>
  decimalBounds.flatMap(([min, max]) => {
    const [from, until] = [stated[min], stated[max]];
    const wrong = [
      ...checkDecimal(`${path}.${min}`, from, 6),
      ...checkDecimal(`${path}.${max}`, until, 6),
    ];
    if (wrong.length > 0 || from === undefined || until === undefined) return wrong;
    return decimalOf(from, 6) < decimalOf(until, 6)
      ? []
      : emptyWindow(`${path}.${max}`, from, until);
  });

const checkDurations = (path: string, stated: TariffRestrictions): readonly TariffProblem[] => {
  const { minDuration: from, maxDuration: until } = stated;
  const wrong = [
    ...checkWhole(`${path}.minDuration`, from),
    ...checkWhole(`${path}.maxDuration`, until),
  ];
  if (wrong.length > 0 || from === undefined || until === undefined || from < until) return wrong;
  return emptyWindow(`${path}.maxDuration`, `${from} s`, `${until} s`);
};

const checkDates = (path: string, stated: TariffRestrictions): readonly TariffProblem[] => {
  const { startDate: from, endDate: until } = stated;
  const wrong = [...checkDate(`${path}.startDate`, from), ...checkDate(`${path}.endDate`, until)];
  if (wrong.length > 0 || from === undefined || until === undefined || from < until) return wrong;
  return emptyWindow(`${path}.endDate`, from, until);
};

/** Problems of a tariff element's restrictions: unreadable values, and windows that never apply. */
export const checkRestrictions = (
  path: string,
  stated: TariffRestrictions,
): readonly TariffProblem[] => [
  ...checkTimeOfDay(`${path}.startTime`, stated.startTime),
  ...checkTimeOfDay(`${path}.endTime`, stated.endTime),
  ...checkDates(path, stated),
  ...checkDecimalBounds(path, stated),
  ...checkDurations(path, stated),
];
