import { hash } from 'node:crypto';

/** SHA-256 of text in UTF-8, as 64 hexadecimal digits: what core computes by itself, natively and at once. */
export const sha256 = (text: string): string => hash('sha256', text);
