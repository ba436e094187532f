import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ESTIMATORS } from '#language/estimate/index.ts';
import { RULES } from '#language/rules/index.ts';
import { QUANTITIES } from '#language/schema/quantities.ts';
import { LANGUAGE, pagesOnDisk, rooms } from '../pages/rooms.ts';

describe('rooms', async () => {
  const all = await rooms();

  test('each has its code and its page under its own name', () => {
    const missing = all.flatMap((room) => [room.code, room.page]).filter((path) => !existsSync(join(LANGUAGE, path)));
    expect(missing).toEqual([]);
  });

  test('each page on disk belongs to a listed room', () => {
    const listed = new Set(all.map((room) => room.page));
    expect(pagesOnDisk().filter((page) => !listed.has(page))).toEqual([]);
  });

  test('each page begins with its name and says something before its first example', () => {
    for (const room of all) {
      const text = readFileSync(join(LANGUAGE, room.page), 'utf8');
      expect(text.split('\n')[0], room.page).toBe(`# ${room.name}`);
      expect(text.split('```')[0]!.length, room.page).toBeGreaterThan(80);
    }
  });

  test('names are unique, and every quantity of an estimator is in the schema', () => {
    expect(new Set(RULES.map((r) => r.name)).size).toBe(RULES.length);
    const quantities = ESTIMATORS.flatMap((e) => e.quantities);
    expect(new Set(quantities).size).toBe(quantities.length);
    expect(quantities.filter((q) => !QUANTITIES.some((s) => s.quantity === q))).toEqual([]);
  });

  test('every rule says in one sentence what it is about', () => {
    for (const rule of RULES) expect(rule.summary, rule.name).toMatch(/^[A-Z`].*\.$/);
  });
});
