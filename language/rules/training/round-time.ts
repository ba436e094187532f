/** A time as somebody would write it, in whole minutes, hours or days of at most two digits: `45min`, `3h`. */
export function roundTime(seconds: number): { readonly text: string; readonly seconds: number } {
  const [unit, size] = seconds >= 2 * 86400 ? ['d', 86400] : seconds >= 5400 ? ['h', 3600] : (['min', 60] as const);
  const count = Math.max(1, Number((seconds / size).toPrecision(seconds / size < 100 ? 2 : 3)));
  const whole = count >= 10 || unit === 'min' ? Math.max(1, Math.round(count)) : Math.round(count * 2) / 2;
  return { text: `${whole}${unit}`, seconds: whole * size };
}
