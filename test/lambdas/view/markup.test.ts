import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionButton } from '../../../lambdas/view/action-button.ts';
import { markup } from '../../../lambdas/view/markup.ts';

describe('the markup of widgets', () => {
  it('a text is shown as it is: its escapes stand for its own characters', () => {
    const shown = (html: string): string =>
      html
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&');

    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(shown(markup`${text}`.markup)).toBe(text);
      }),
    );
  });

  it('a button is called with its parameters as they are, whatever text they contain', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, confirmation) => {
        const button = { label: text, endpoint: 'arn', call: { text }, confirmation };
        const { markup: html } = actionButton({ ...button, display: 'popup' });
        const [, question = '', json = ''] =
          /confirmation="([^"]*)" display="popup" endpoint="arn">([^<]*)</.exec(html) ?? [];

        expect(JSON.parse(plain(json))).toEqual({ text });
        expect(plain(question)).toBe(confirmation);
      }),
    );
  });
});

/** A text without its escapes. */
const plain = (html: string): string =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
