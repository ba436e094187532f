import type { ViewResponse, WireTarget } from '#server/protocol.ts';
import type { ExportFormat, FromWebview, PreviewState, Rendered, ToWebview } from '../messages.ts';
import { card } from './card.ts';
import { controls } from './controls.ts';
import { exported } from './export.ts';
import type { Pick } from './header.ts';
import { type Lens, lensed } from './lens.ts';
import { panel } from './panel.ts';
import type { Zoom } from './panzoom.ts';
import { picture } from './picture.ts';
import { type Crumb, trail } from './trail.ts';
import './style.css';

type State = Partial<PreviewState> & {
  readonly zoom?: Zoom | null;
  readonly trail?: readonly Crumb[];
  readonly table?: boolean;
  readonly lens?: Lens | null;
};
interface Api {
  postMessage(message: FromWebview): void;
  getState(): State | undefined;
  setState(state: State): void;
}
declare function acquireVsCodeApi(): Api;

const api = acquireVsCodeApi();
const save = (change: State) => api.setState({ ...api.getState(), ...change });
const reveal = (target: WireTarget, focus: boolean) => api.postMessage({ type: 'reveal', target, focus });

const pick = (pick: Pick) => api.postMessage({ type: 'pick', ...pick });
const way = trail(api.getState()?.trail ?? [], pick, (trail) => save({ trail }));
const open = (view: string, subject?: string) => {
  if (offered.includes(view)) way.into(view, subject);
};
let lens = api.getState()?.lens ?? null;
const page = panel(document.querySelector<HTMLElement>('#preview')!, way.element, lens, {
  pick(change) {
    if (change.view !== undefined) way.leave();
    pick(change);
  },
  reveal,
  open,
  zoom: (step) => diagram.zoom(step),
  export: (format) => void send(format),
  vary: (sets) => api.postMessage({ type: 'pick', sets }),
  write: (as) => api.postMessage({ type: 'write', as }),
  tabled: (table) => save({ table }),
  look(picked) {
    lens = picked;
    save({ lens });
    if (!latest) return;
    waiting ??= { response: latest, since: performance.now() };
    void work();
  },
});
const zoom = api.getState()?.zoom ?? null;
page.moved(zoom !== null);
if (api.getState()?.table) page.table();
const diagram = picture(page.viewport, zoom, (zoom) => {
  save({ zoom });
  page.moved(zoom !== null);
});
const hover = card(page.viewport, (id) => {
  const target = diagram.node(id)?.target;
  if (target) api.postMessage({ type: 'hover', id, target });
});
controls(page.viewport, diagram.node, {
  reveal,
  open,
  leave() {
    if (!hover.hide()) api.postMessage({ type: 'leave' });
  },
  back: way.back,
  table: page.table,
  zoom: (step) => diagram.zoom(step),
});

/** What stands on the screen, and the one request that waits: a newer one takes its place. */
let shown: string | null = null;
let waiting: { response: ViewResponse; since: number } | null = null;
let busy = false;
let offered: readonly string[] = [];
/** the newest view, as it came: without a lens */
let latest: ViewResponse | null = null;
/** what is on the screen, for an export; and the formats that were asked for before anything was */
let good: ViewResponse | null = null;
const wanted = new Set<ExportFormat>();

window.addEventListener('message', ({ data }: MessageEvent<ToWebview>) => {
  if (data.type === 'mark') diagram.mark(data.ids);
  else if (data.type === 'stale') page.notice(data.text);
  else if (data.type === 'export') void send(data.format);
  else if (data.type === 'hover') hover.show(data.id, data.markdown);
  else if (data.type === 'act') act(data.act, data.id);
  else if (data.type === 'view') {
    save(data.state);
    waiting = { response: data.response, since: performance.now() };
    void work();
  }
});

async function work(): Promise<void> {
  if (busy) return;
  busy = true;
  while (waiting) {
    const { response, since } = waiting;
    waiting = null;
    const how = await show(response);
    if (how) api.postMessage({ type: 'rendered', ...done(response, how), ms: Math.round(performance.now() - since) });
  }
  busy = false;
}

function done({ model, version }: ViewResponse, how: Rendered['how']) {
  return { view: model.view, version, ...diagram.counts(), how };
}

/** Null where nothing came to the screen: a newer request asks for something else, or the drawing failed. */
async function show(received: ViewResponse): Promise<Rendered['how'] | null> {
  latest = received;
  const response = lensed(received, lens);
  const subject = subjectOf(response);
  offered = response.views.map((view) => view.id);
  page.header(response);
  page.whatIf(response);
  if (response.broken && shown === subject) {
    const names = diagram.stale(response.brokenNames, response.model.nodes);
    page.notice(keptNotice(names));
    return 'kept';
  }
  try {
    const how = await diagram.draw(response, () => waiting !== null && subjectOf(waiting.response) !== subject);
    if (!how) return null;
    page.figures(response);
    way.update(response);
    page.notice(response.broken ? 'The text has syntax errors: this is what could be read' : null);
    shown = subject;
    good = response;
    for (const format of wanted) void send(format);
    return how;
  } catch (error) {
    api.postMessage({ type: 'error', message: String(error) });
    if (shown !== subject) {
      diagram.clear();
      page.figures(response);
      shown = good = null;
    }
    page.notice(shown ? 'This version could not be drawn: showing the one before' : 'This view could not be drawn');
    return null;
  }
}

function act(what: 'reveal' | 'open', id: string): void {
  const node = diagram.node(id);
  if (what === 'open' && node?.opens) open(node.opens.view, node.opens.subject);
  else if (what === 'reveal' && node?.target) reveal(node.target, true);
}

async function send(format: ExportFormat): Promise<void> {
  if (!good) {
    wanted.add(format);
    return;
  }
  wanted.delete(format);
  const { model, scenario } = good;
  const name = [model.view, model.subject, scenario].filter(Boolean).join('-');
  try {
    api.postMessage({ type: 'exported', format, name, ...(await exported(format, good)) });
  } catch (error) {
    api.postMessage({ type: 'error', message: `The view could not be exported: ${error}` });
  }
}

/** What is broken, where that is known: the rest of the picture stays as it was too, for figures depend on each other. */
function keptNotice(names: readonly string[]): string {
  if (names.length === 0 || names.length > 3) return 'Showing the last version that parsed';
  return `Showing the last version that parsed: ${names.join(', ')} cannot be read now`;
}

/** Two responses that agree in this are versions of one picture. */
function subjectOf({ uri, model, scenario }: ViewResponse): string {
  return JSON.stringify([uri, model.view, model.subject, scenario]);
}

document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
  api.postMessage({ type: 'csp', directive: effectiveDirective, blocked: blockedURI });
});
window.addEventListener('error', ({ message }) => api.postMessage({ type: 'error', message }));
window.addEventListener('unhandledrejection', ({ reason }) =>
  api.postMessage({ type: 'error', message: String(reason) }),
);

api.postMessage({ type: 'ready' });
