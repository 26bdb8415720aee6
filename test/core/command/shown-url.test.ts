import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownUrl } from '../../../core/command/shown-url.ts';

describe('URLs as they are shown', () => {
  it.each([
    ['ftp://user:p@ss:w@files.example/f', 'ftp://user:…@files.example/f'],
    ['ftp://ada@x.example:S3@files.example/f', 'ftp://ada@x.example:…@files.example/f'],
    ['ftp://ada%40x.example:S3%3A%40@files.example/f', 'ftp://ada%40x.example:…@files.example/f'],
    ['ftp://a@b@c:S3@d@files.example', 'ftp://a@b@c:…@files.example'],
    ['ftp://:S3@files.example/', 'ftp://:…@files.example/'],
    ['ftp://user:S3@[2001:db8::1]:2121/f', 'ftp://user:…@[2001:db8::1]:2121/f'],
    ['FTPS://user:S3@files.example', 'FTPS://user:…@files.example'],
    ['ftp:/user:S3@files.example/f', 'ftp:/user:…@files.example/f'],
    ['ftp:\\\\user:S3@files.example/f', 'ftp:\\\\user:…@files.example/f'],
    // The password has a slash, a number sign or a question mark, which should have been encoded.
    ['ftp://user:S3/x@files.example/f', 'ftp://user:…@files.example/f'],
    ['ftp://user:S3#x@files.example/f', 'ftp://user:…@files.example/f'],
    ['ftp://user:S3?x@y@files.example/f', 'ftp://user:…@files.example/f'],
    ['https://x.example/u?sig=S3&name=a', 'https://x.example/u?sig=…&name=a'],
    ['https://b.example/k?X-Amz-Signature=S3', 'https://b.example/k?X-Amz-Signature=…'],
    ['first ftp://u:S3@a then sftp://v:S3@b', 'first ftp://u:…@a then sftp://v:…@b'],
  ])('%s hides its password', (url, shown) => {
    expect(shownUrl(url)).toBe(shown);
  });

  it.each([
    'sftp://user@files.example/f',
    'ftp://ada@x.example@files.example/f',
    'ftp://files.example:21/a@b:c',
    'https://files.example/a@b:c?x=y@z',
    'ftp://[2001:db8::1]/a@b',
    'ftp://[2001:db8::1]:21/a@b',
    'https://x.example:8080',
    'no URL: a:b@c',
    '',
  ])('%s is shown as it is', (url) => {
    expect(shownUrl(url)).toBe(url);
  });

  it('a password that a URL can have is not shown, whatever user and host are beside it', () => {
    const secret = fc.stringMatching(
      /^[A-Za-z0-9!$'()*+,.;=@:_~-]{0,8}Zq9Zq[A-Za-z0-9!@:._-]{0,8}$/,
    );
    const users = fc.constantFrom('', 'user', 'a@b', 'a%40b', '%3A', 'x+y');
    const hosts = fc.constantFrom(
      'h.example',
      '[::1]',
      'h.example:21',
      '127.0.0.1',
      'h.example/p@q:r',
    );
    const law = (user: string, password: string, host: string) => {
      const url = `ftp://${user}:${password.replaceAll("'", '')}@${host}`;
      expect(shownUrl(url)).not.toContain('Zq9Zq');
      expect(shownUrl(url).endsWith(`@${host}`)).toBe(true);
    };
    fc.assert(fc.property(users, secret, hosts, law), { numRuns: 100 });
  });
});
