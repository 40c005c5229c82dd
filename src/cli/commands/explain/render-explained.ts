import { styles } from '../../render/styles.ts';
import type { Format, Language } from './explain-options.ts';
import type { Explained } from './explained.ts';

export interface RenderOptions {
  readonly format: Format;
  /** Of the corrected request in the format `text`. */
  readonly language: Language;
  /** A list also of one: a HAR. */
  readonly list: boolean;
  readonly color: boolean;
  /** In columns. */
  readonly width: number;
  /** Of Donna. */
  readonly version: string;
}

/** What was explained as one text, in the format that was asked for. Only the code of that format is loaded. */
export async function renderExplained(all: readonly Explained[], options: RenderOptions): Promise<string> {
  switch (options.format) {
    case 'text':
      return asText(all, options);
    case 'md':
      return asPages(all);
    case 'json':
      return asJson(all, options.list);
    case 'sarif':
      return asSarif(all, options.version);
  }
}

async function asText(
  all: readonly Explained[],
  { language, color, width, list }: RenderOptions,
): Promise<string> {
  const { terminalLines } = await import('../../../diagnosis/report/terminal.ts');
  const style = styles(color);
  return all
    .map(({ explanation, proof }, index) => {
      const lines = terminalLines(explanation, { width, style, language, ...(proof ? { proof } : {}) });
      const head = list ? [style.dim(`── ${index + 1} of ${all.length} ──`)] : [];
      return [...head, ...lines].join('\n');
    })
    .join('\n\n');
}

async function asPages(all: readonly Explained[]): Promise<string> {
  const { markdownPage } = await import('../../../diagnosis/report/markdown.ts');
  return all.map(({ explanation, proof }) => markdownPage(explanation, proof).trimEnd()).join('\n\n---\n\n');
}

async function asJson(all: readonly Explained[], list: boolean): Promise<string> {
  const { jsonReport } = await import('../../../diagnosis/report/json.ts');
  const reports = all.map(({ explanation, proof }) => jsonReport(explanation, proof));
  return list ? `[${reports.join(',\n')}]` : (reports[0] ?? '');
}

async function asSarif(all: readonly Explained[], version: string): Promise<string> {
  const [{ sarifLog }, { rules }] = await Promise.all([
    import('../../../diagnosis/report/sarif.ts'),
    import('../../../diagnosis/rules/index.ts'),
  ]);
  const entries = all.map(({ explanation }) => ({ explanation }));
  return JSON.stringify(sarifLog(entries, { version, rules }), undefined, 2);
}
