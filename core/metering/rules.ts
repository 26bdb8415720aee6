/** Version of the rules that turn readings into energy; raised whenever the same readings give another result. */
export const meteringRules = 22;
