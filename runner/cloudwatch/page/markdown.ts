import { escapedHtml } from './escaped-html.ts';

/** The Markdown that our text widgets use: headings, paragraphs, and links to other dashboards. */
export const markdownHtml = (text: string, theme: string): string =>
  text
    .split('\n')
    .map((line) => {
      const html = escapedHtml(line).replaceAll(
        /\[([^\]]+)\]\(#dashboards:name=([\w-]+)\)/g,
        (_all, label: string, name: string) => `<a href="/${name}?theme=${theme}">${label}</a>`,
      );
      const [, hashes, title] = /^(#{1,3}) (.*)$/.exec(html) ?? [];
      return hashes === undefined
        ? `<p>${html}</p>`
        : `<h${hashes.length}>${title}</h${hashes.length}>`;
    })
    .join('');
