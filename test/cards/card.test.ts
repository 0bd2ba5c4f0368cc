import { expect, test } from '@jest/globals';
import { layout, when } from '../../cards/card.ts';

test('a value that the data lacks throws instead of leaving the template on the card', () => {
  const draw = layout({ type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'Hello ${name}' }] });
  expect(draw({ name: 'Anna' })).toMatchObject({ body: [{ text: 'Hello Anna' }] });
  expect(() => draw({ nmae: 'Anna' })).toThrow('the layout has no value for');
});

test('what people typed is not a template', () => {
  const draw = layout({ type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: '${name}' }] });
  expect(draw({ name: '${1+1} ${name}' })).toMatchObject({ body: [{ text: '${1+1} ${name}' }] });
});

test('an instant is shown by the client, to the second that the format takes', () => {
  expect(when('2026-11-23T06:00:00.123Z')).toBe('{{DATE(2026-11-23T06:00:00Z,SHORT)}} {{TIME(2026-11-23T06:00:00Z)}}');
});
