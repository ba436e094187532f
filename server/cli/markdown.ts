import type { Paint } from './output.ts';

/** A page for the terminal: headings stand out, examples are indented, and marks that only a renderer needs are gone. */
export function markdownText(page: string, paint: Paint): string {
  const shown: string[] = [];
  let fenced = false;
  for (const line of page.trimEnd().split(/\r?\n/)) {
    const fence = /^```\s*(.*)$/.exec(line);
    if (fence) {
      fenced = !fenced;
      if (fence[1] === 'mlsys fixed') shown.push(paint('dim', '  fixed:'));
    } else shown.push(fenced ? paint('cyan', `    ${line}`.trimEnd()) : prose(line, paint));
  }
  return shown.join('\n');
}

function prose(line: string, paint: Paint): string {
  const heading = /^#+\s+(.*)$/.exec(line);
  if (heading) return paint('bold', heading[1]!);
  return line
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, '$1 ($2)')
    .replace(/\*\*([^*]+)\*\*/g, (_, text) => paint('bold', text))
    .replace(/`([^`]+)`/g, (whole, code) => (paint('cyan', code) === code ? whole : paint('cyan', code)));
}
