import type { Document } from '#language/index.ts';
import { VIEWS, type View } from '#language/views/index.ts';
import type { ViewResponse } from '../protocol.ts';
import { viewOf } from '../view.ts';
import { readable } from './estimate.ts';
import { Files } from './files.ts';
import { didYouMean } from './nearest.ts';
import { print, UsageError } from './output.ts';
import { pictureOf } from './picture.ts';
import { knownScenario } from './scenario.ts';

export interface DiagramOptions {
  readonly format: 'mermaid' | 'svg' | 'png';
  readonly view: string;
  readonly subject?: string;
  readonly scenario?: string;
}

/** One view of a design, as a Mermaid text or as a picture. Gives the exit status. */
export async function diagram(name: string, options: DiagramOptions): Promise<number> {
  const view = VIEWS.find(({ id }) => id === options.view);
  if (!view) {
    const ids = VIEWS.map(({ id }) => id);
    throw new UsageError(`there is no view \`${options.view}\`${didYouMean(options.view, ids)}`);
  }
  const document = await new Files().open(name);
  const scenario = knownScenario([document], options.scenario);
  const subject = knownSubject(document, view, options.subject);
  const response = viewOf(document, { view: view.id, subject, scenario }, null);
  if (options.format === 'mermaid') print(response.mermaid);
  else await draw(options.format, response);
  return readable(name, document);
}

/** Bytes on a terminal would be noise, and might be commands to it. */
async function draw(format: 'svg' | 'png', response: ViewResponse): Promise<void> {
  if (format === 'png' && process.stdout.isTTY)
    throw new UsageError('a PNG goes into a file: mlsys diagram ... --format png > picture.png');
  process.stdout.write(await pictureOf(format, response));
}

function knownSubject({ design }: Document, view: View, name: string | undefined): string | null {
  if (name === undefined) return null;
  const names = view.subjects(design).map((node) => node.name);
  if (names.includes(name)) return name;
  if (names.length === 0) throw new UsageError(`the view \`${view.id}\` has no subjects to choose from.`);
  throw new UsageError(`the view \`${view.id}\` does not show \`${name}\`${didYouMean(name, names)}`);
}
