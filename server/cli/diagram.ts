import type { Document } from '#language/index.ts';
import { buildView, VIEWS, type View } from '#language/views/index.ts';
import { printMermaid } from '#language/views/mermaid.ts';
import { readable } from './estimate.ts';
import { Files } from './files.ts';
import { didYouMean } from './nearest.ts';
import { print, UsageError } from './output.ts';
import { knownScenario } from './scenario.ts';

export interface DiagramOptions {
  readonly format: 'mermaid' | 'svg' | 'png';
  readonly view: string;
  readonly subject?: string;
  readonly scenario?: string;
}

/** One view of a design as a Mermaid text. Gives the exit status. */
export async function diagram(name: string, options: DiagramOptions): Promise<number> {
  if (options.format !== 'mermaid') throw new UsageError(`--format ${options.format} is not there yet: take mermaid.`);
  const view = VIEWS.find(({ id }) => id === options.view);
  if (!view) {
    const ids = VIEWS.map(({ id }) => id);
    throw new UsageError(`there is no view \`${options.view}\`${didYouMean(options.view, ids)}`);
  }
  const document = await new Files().open(name);
  const scenario = knownScenario([document], options.scenario);
  print(
    printMermaid(
      buildView(document, { view: view.id, subject: knownSubject(document, view, options.subject), scenario }),
    ),
  );
  return readable(name, document);
}

function knownSubject({ design }: Document, view: View, name: string | undefined): string | null {
  if (name === undefined) return null;
  const names = view.subjects(design).map((node) => node.name);
  if (names.includes(name)) return name;
  if (names.length === 0) throw new UsageError(`the view \`${view.id}\` has no subjects to choose from.`);
  throw new UsageError(`the view \`${view.id}\` does not show \`${name}\`${didYouMean(name, names)}`);
}
