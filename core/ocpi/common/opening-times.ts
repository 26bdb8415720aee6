import { type Member, many, required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { dateTime, flag, id, whole } from '../codec/scalars.ts';
import { fieldOf, isAbsent } from '../document-field.ts';
import type { ExceptionalPeriod, OpeningTimes, RegularHours } from '../model/location.ts';

const regularHours = record<RegularHours>({
  weekday: required('weekday', whole),
  periodBegin: required('period_begin', id(5)),
  periodEnd: required('period_end', id(5)),
});

const exceptionalPeriod = record<ExceptionalPeriod>({
  periodBegin: required('period_begin', dateTime),
  periodEnd: required('period_end', dateTime),
});

const aroundTheClock = required('twentyfourseven', flag);

/** In 2.1.1 the field is one of a choice: regular hours without it mean that it is false. */
const inferred: Member<boolean, unknown> = {
  ...aroundTheClock,
  read: (parent, context) =>
    isAbsent(fieldOf(parent, 'twentyfourseven'))
      ? isAbsent(fieldOf(parent, 'regular_hours'))
      : aroundTheClock.read(parent, context),
};

/** Hours, read leniently: older documents leave `twentyfourseven` out. */
export const openingTimes = record<OpeningTimes>({
  twentyfourseven: inferred,
  regularHours: many('regular_hours', regularHours),
  exceptionalOpenings: many('exceptional_openings', exceptionalPeriod),
  exceptionalClosings: many('exceptional_closings', exceptionalPeriod),
});
