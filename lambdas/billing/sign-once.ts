import type { SignDigest } from './sign-digest.ts';

/** Signs each digest once: what has to be tried again with the same content at the same place costs no second signature. */
export function signOnce(sign: SignDigest): SignDigest {
  const signed = new Map<string, ReturnType<SignDigest>>();
  return (digest) => {
    const known = signed.get(digest) ?? sign(digest);
    signed.set(digest, known);
    return known;
  };
}
