import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import {
  isChargerPassword,
  isHardToGuess,
  plainSecret,
} from '../../../core/charger/charger-secrets.ts';

/** A password that an operator chooses for a charger. */
export const chargerPassword = z
  .string()
  .max(40)
  .refine(isChargerPassword, {
    message: 'The value must be 16 to 40 printable ASCII characters without spaces.',
  })
  .refine(isHardToGuess, {
    message: 'The value is too easy to guess: leave it out to get a random one.',
  });

/** A new secret of a length in characters. */
export const newSecret = (length: number): string => plainSecret(randomBytes(length * 2), length);
