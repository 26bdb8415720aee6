/** Length of the passwords we give to chargers: 20 characters, as OCPP 1.6 AuthorizationKey asks for 16 to 20 bytes. */
export const chargerPasswordLength = 20;

/** Length of the connection tokens we give to chargers that cannot send a password. */
export const connectionTokenLength = 32;

const plainCharacters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/**
 * Writes random bytes as characters that survive being typed from a label: letters and digits without look-alikes.
 * Bytes that would favour some characters are skipped, so give about a quarter more bytes than `length`; too few throw.
 */
export const plainSecret = (randomBytes: Uint8Array, length: number): string => {
  const fair = Math.floor(256 / plainCharacters.length) * plainCharacters.length;
  const characters = [...randomBytes]
    .filter((byte) => byte < fair)
    .slice(0, length)
    .map((byte) => plainCharacters.charAt(byte % plainCharacters.length));
  if (characters.length < length) throw new Error('too few random bytes for the secret');
  return characters.join('');
};

/** True for text that can be one of our connection tokens. */
export const isConnectionToken = (text: string): boolean => /^[A-Za-z0-9]{32}$/.test(text);

/**
 * True for text that can be a charger's id: 1 to 48 characters of OCPP 2.0.1's identifier set, and spaces within, which
 * chargers in the field have and percent-encode in their URL. `.` and `..` would be steps of a path.
 */
export const isChargerId = (text: string): boolean =>
  /^(?!\.{1,2}$)[A-Za-z0-9*\-_=:+|@.]([A-Za-z0-9*\-_=:+|@. ]{0,46}[A-Za-z0-9*\-_=:+|@.])?$/.test(
    text,
  );

/**
 * True for text that can be a charger's password: 16 to 40 printable ASCII characters without spaces, as OCPP's security
 * profiles require.
 */
export const isChargerPassword = (text: string): boolean => /^[\x21-\x7e]{16,40}$/.test(text);

/** The fewest characters of a password that differ, and that neither repeat nor continue the one before: each random one has more. */
const [fewestDistinct, fewestUnforeseen] = [8, 8] as const;

const isRepeated = (text: string): boolean =>
  Array.from({ length: Math.floor(text.length / 2) }, (_, n) => n + 1).some(
    (period) => text.slice(period) === text.slice(0, -period),
  );

/**
 * False for a password that whoever guesses tries first: a few characters over and over, a part that repeats to the end, or runs as in
 * `1234567890abcdef`. OCPP asks for a high entropy (security whitepaper, profile 1), which no text shows: a word from a book passes.
 */
export const isHardToGuess = (text: string): boolean => {
  const unforeseen = [...text].filter(
    (_, at) => at === 0 || Math.abs(text.charCodeAt(at) - text.charCodeAt(at - 1)) > 1,
  );
  return (
    new Set(text).size >= fewestDistinct &&
    unforeseen.length >= fewestUnforeseen &&
    !isRepeated(text)
  );
};

/** True for a password that a charger of OCPP 1.6 takes by AuthorizationKey: 16 to 20 characters, or as many bytes in hexadecimal digits. */
export const fitsAuthorizationKey = (text: string): boolean =>
  text.length <= 20 || /^(?:[\da-f]{2}){16,20}$/i.test(text);
