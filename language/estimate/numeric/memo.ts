/** Remembers the last answers of a function of numbers and words; which one is forgotten never shows but in time. */
export function memoized<Arguments extends readonly (number | string)[], Answer>(
  answer: (...given: Arguments) => Answer,
  most = 64,
): (...given: Arguments) => Answer {
  const known = new Map<string, Answer>();
  return (...given) => {
    const key = given.join();
    let found = known.get(key);
    if (found === undefined) {
      found = answer(...given);
      if (known.size >= most) known.delete(known.keys().next().value!);
      known.set(key, found);
    }
    return found;
  };
}
