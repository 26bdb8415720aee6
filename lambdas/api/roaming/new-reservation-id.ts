import { randomInt } from 'node:crypto';

/** A random id of a reservation: a whole number of up to nine digits, which 2.1.1 can say too. */
export const newReservationId = (): string => String(randomInt(1, 1_000_000_000));
