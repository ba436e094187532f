/**
 * Mermaid's pen draws every line of a shape twice, so that dashes fill each other's gaps, and lifts between lines, so that
 * dashes begin anew. Keeps the first of each line and joins those that meet: a path of `M` and `C` or `L` alone is
 * rewritten, any other is left as it is.
 */
export function singleLines(path: string): string {
  const steps = path.match(/[A-Za-z][^A-Za-z]*/g) ?? [];
  if (!steps.every((step) => 'MCLZ'.includes(step[0]!))) return path;
  const drawn = new Set<string>();
  let [result, at, pen] = ['', '', ''];
  for (const step of steps) {
    const end =
      step
        .match(/-?[\d.]+(?:e-?\d+)?/g)
        ?.slice(-2)
        .join(' ') ?? '';
    const line = [at, end].toSorted().join(' ');
    if (step[0] === 'Z') result += 'Z';
    else if (step[0] !== 'M' && !drawn.has(line)) {
      result += `${pen === at ? '' : `M${at}`}${step.trim()}`;
      drawn.add(line);
      pen = end;
    }
    at = end || at;
  }
  return result;
}
