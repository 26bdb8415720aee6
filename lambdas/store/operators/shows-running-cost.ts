import type { Item } from '../table/item.ts';

/** True if the settings of an operator have its chargers show what a running session costs. */
export const showsRunningCost = (settings: Item): boolean =>
  settings['showsRunningCost']?.BOOL === true;
