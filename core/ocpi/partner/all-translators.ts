import type { OcpiVersion, Translators } from '../translators.ts';
import { translators211 } from '../v211/translators.ts';
import { translators221 } from '../v221/translators.ts';
import { translators230 } from '../v230/translators.ts';

/** The translations of every version that we speak. */
export const allTranslators: Readonly<Record<OcpiVersion, Translators>> = {
  '2.1.1': translators211,
  '2.2.1': translators221,
  '2.3.0': translators230,
};
