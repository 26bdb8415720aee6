import { expect, test } from 'vitest';
import { readStartSettings } from '../../../runner/start-settings.ts';

test('without variables the stack starts as the contract states', () => {
  expect(readStartSettings({})).toEqual({
    httpPort: 3000,
    chargerPort: 3001,
    secureChargerPort: { usual: 3443 },
    dashboardPort: { usual: 3002 },
    dataDirectory: expect.stringMatching(/\/\.local$/),
    engine: 'dynoxide',
    allowLoopback: false,
  });
});

test.each(['dynoxide', 'dynamodb-local', 'http://127.0.0.1:8000'])('%s is an engine', (engine) => {
  expect(readStartSettings({ JOULEGATE_DYNAMODB: engine }).engine).toBe(engine);
});

test.each([
  ['JOULEGATE_DYNAMODB', 'mysql', /JOULEGATE_DYNAMODB is "mysql"/],
  ['JOULEGATE_DYNAMODB', 'file:///tmp', /JOULEGATE_DYNAMODB/],
  ['JOULEGATE_HTTP_PORT', '70000', /JOULEGATE_HTTP_PORT is "70000"/],
  ['JOULEGATE_DASHBOARD_PORT', 'x', /JOULEGATE_DASHBOARD_PORT is "x"/],
  ['JOULEGATE_CHARGER_TLS_PORT', '-1', /JOULEGATE_CHARGER_TLS_PORT is "-1"/],
  ['JOULEGATE_CHARGER_PORT', 'x', /JOULEGATE_CHARGER_PORT is "x"/],
  ['JOULEGATE_ALLOW_LOOPBACK', 'yes', /JOULEGATE_ALLOW_LOOPBACK is "yes"/],
])('%s=%s is refused in one line', (name, value, message) => {
  expect(() => readStartSettings({ [name]: value })).toThrow(message);
});

test('operators and chargers cannot share a port, unless both are chosen freely', () => {
  const both = (port: string) => ({ JOULEGATE_HTTP_PORT: port, JOULEGATE_CHARGER_PORT: port });
  expect(() => readStartSettings(both('3000'))).toThrow(
    'Port 3000 cannot serve both operators and chargers; choose another with JOULEGATE_HTTP_PORT or JOULEGATE_CHARGER_PORT.',
  );
  expect(() => readStartSettings({ JOULEGATE_HTTP_PORT: '3001' })).toThrow(/^Port 3001 cannot/);
  expect(readStartSettings(both('0'))).toMatchObject({ httpPort: 0, chargerPort: 0 });
});
