import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkPage } from './page.ts';
import { printer } from './printer.ts';
import { LANGUAGE, rooms } from './rooms.ts';
import { ruleIndex, ruleIndexOnDisk } from './rule-index.ts';

describe('pages', async () => {
  const print = await printer();
  for (const room of await rooms()) {
    test(room.page, () => {
      const { problems, checked } = checkPage(room, readFileSync(join(LANGUAGE, room.page), 'utf8'), print);
      expect(problems.join('\n')).toBe('');
      expect(checked).toBeGreaterThan(0);
    });
  }
});

test('the index of the rules lists them as they are: else run npm run pages -- -u', () =>
  expect(ruleIndexOnDisk()).toBe(ruleIndex()));
