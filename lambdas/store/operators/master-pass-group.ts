import { type Item, optionalText } from '../table/item.ts';

/** The group whose tokens stop any session and begin none, in the settings of an operator; undefined where it has none. */
export const masterPassGroupIn = (settings: Item): string | undefined =>
  optionalText(settings, 'masterPassGroup');
