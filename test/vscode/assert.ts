/** What the suites use of Node's `assert/strict`, for the web, where there is no Node. */
class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

function ok(value: unknown, message = `${shown(value)} is not true`): asserts value {
  if (!value) throw new AssertionError(message);
}

function equal<T>(actual: unknown, expected: T, message?: string): asserts actual is T {
  ok(Object.is(actual, expected), message ?? `${shown(actual)} is not ${shown(expected)}`);
}

const match = (text: string, pattern: RegExp, message?: string): void =>
  ok(pattern.test(text), message ?? `${shown(text)} does not match ${pattern}`);

const deepEqual = (actual: unknown, expected: unknown, message?: string): void =>
  ok(same(actual, expected), message ?? `${shown(actual)} is not ${shown(expected)}`);

const notDeepEqual = (actual: unknown, expected: unknown, message?: string): void =>
  ok(!same(actual, expected), message ?? `${shown(actual)} is that`);

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b || Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length && left.every(([key, value]) => key in b && same(value, b[key as keyof typeof b]))
  );
}

const shown = (value: unknown): string => JSON.stringify(value) ?? String(value);

export default Object.assign(ok as (value: unknown, message?: string) => asserts value, {
  ok,
  equal,
  match,
  deepEqual,
  notDeepEqual,
});
