import type { Talk } from './talk.ts';

/**
 * A reply of a charger must be followed by nothing: an empty message is a broken frame to many. What the stack asks the charger
 * meanwhile, such as its settings after the boot, answers nothing. Throws with what came; gives the finding.
 */
export async function replyToNobody(talk: Pick<Talk, 'heardAfter'>): Promise<string> {
  const heard = await talk.heardAfter('[3,"doctor",{}]');
  const others = heard.filter((text) => !text.includes('currentTime') && !isRequest(text));
  if (others.length === 0) return 'are followed by nothing';
  throw new Error(
    `A charger's reply was answered with ${JSON.stringify(others)}, but must not be answered; see docs/doctor.md.`,
  );
}

/** A CALL of the stack, which is no answer to anything. */
const isRequest = (text: string): boolean => /^\s*\[\s*2\s*,/.test(text);
