/** A promo code in the form in which it is compared and stored: case and surrounding blanks do not matter. */
export const normalizePromoCode = (code: string): string => code.trim().toUpperCase();
