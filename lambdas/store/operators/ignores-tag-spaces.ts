import type { Item } from '../table/item.ts';

/** True if the settings of an operator have tags of chargers compare without their spaces. */
export const ignoresTagSpaces = (settings: Item): boolean =>
  settings['ignoresTagSpaces']?.BOOL === true;
