/**
 * Mermaid's pen draws every line of a shape twice, so that dashes fill each other's gaps. Keeps the first of each line:
 * a path of `M` and `C` or `L` alone is rewritten, any other is left as it is.
 */
export function singleLines(path: string): string {
  const steps = path.match(/[A-Za-z][^A-Za-z]*/g) ?? [];
  if (!steps.every((step) => 'MCLZ'.includes(step[0]!))) return path;
  const drawn = new Set<string>();
  let [at, result] = ['', ''];
  let moved = true;
  for (const step of steps) {
    const end =
      step
        .slice(1)
        .match(/-?[\d.e-]+/g)
        ?.slice(-2)
        .join(' ') ?? '';
    const line = [at, end].toSorted().join(' ');
    if (step[0] === 'M') moved = at !== end || moved;
    else if (step[0] === 'Z') result += 'Z';
    else if (!drawn.has(line)) {
      result += `${moved ? `M${at}` : ''}${step.trim()}`;
      drawn.add(line);
      moved = false;
    } else moved = true;
    at = end || at;
  }
  return result;
}
