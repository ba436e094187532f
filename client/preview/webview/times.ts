/** The unit that suits times up to `last` seconds. */
export function unitOf(last: number): { readonly name: string; readonly seconds: number } {
  if (last >= 1) return { name: 's', seconds: 1 };
  return last >= 1e-3 || last === 0 ? { name: 'ms', seconds: 1e-3 } : { name: 'µs', seconds: 1e-6 };
}

/** `5.0`, `13`, `120`: two significant digits below 100, three above. */
export function figure(value: number): string {
  if (value === 0) return '0';
  return Math.abs(value) < 99.5 ? trimmed(value.toPrecision(2)) : String(Math.round(value));
}

/** `5.0 ms`, from seconds. */
export function time(seconds: number): string {
  const unit = unitOf(seconds);
  return `${figure(seconds / unit.seconds)} ${unit.name}`;
}

/** Steps of 1, 2 or 5 up to `last`, at most `most` of them beyond zero. */
export function ticks(last: number, most: number): number[] {
  const rough = last / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * (1 - 1e-9))!;
  return Array.from({ length: Math.floor(last / step + 1e-9) + 1 }, (_, i) => i * step);
}

/** `toPrecision` writes 1.0e+2 for 99.9 and 4e-7 for little. */
function trimmed(text: string): string {
  return text.includes('e') ? String(Number(text)) : text;
}
