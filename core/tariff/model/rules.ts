/** Version of the rules that turn energy and times into a price; raised whenever the same session gives another one. */
export const pricingRules = 5;
