import type { ViewResponse } from '#server/protocol.ts';
import type { ExportFormat } from '../messages.ts';
import { exported } from './export.ts';
import './style.css';
import './light.css';

/**
 * The page that the command line opens in a browser for `mlsys diagram --format svg|png`. It asks its own server for the view, and
 * gives back the picture; nothing else is asked of anybody.
 */
const answer = await fetch('/view');
const { format, response }: { format: ExportFormat; response: ViewResponse } = await answer.json();
try {
  const { text, base64 } = await exported(format, response);
  await fetch('/picture', { method: 'POST', body: text ?? base64 ?? '' });
} catch (error) {
  await fetch('/failure', { method: 'POST', body: String(error) });
}
