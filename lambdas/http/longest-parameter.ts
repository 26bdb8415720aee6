/**
 * Bytes of a parameter in a path, at most: no id is this long. In keys the database takes 2048 bytes, and upper case can triple
 * those of a letter.
 */
export const longestParameter = 512;
