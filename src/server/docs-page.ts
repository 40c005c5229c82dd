import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { openApiDocument } from '../api/openapi-document.ts';

const assets: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
  'favicon-32x32.png': 'image/png',
};

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Donna API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const start = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
});
`;

// Scripts come from this server alone, and none stands in the page. Swagger UI sets styles in the page.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The reference page and the document behind it: Swagger UI from the installed package, nothing from elsewhere. */
export function createDocsPage(version: string) {
  let document: string | undefined;
  return {
    /** The OpenAPI document as JSON. */
    document(): Response {
      document ??= JSON.stringify(openApiDocument(version));
      return send(document, 'application/json', { 'Cache-Control': 'no-cache' });
    },
    page: () => send(page, 'text/html; charset=utf-8', { 'Content-Security-Policy': policy }),
    /** A file of the page; `undefined` for any other name. */
    async asset(name: string): Promise<Response | undefined> {
      const cached = { 'Cache-Control': 'public, max-age=3600' };
      if (name === 'start.js') return send(start, 'text/javascript', cached);
      const type = Object.hasOwn(assets, name) ? assets[name] : undefined;
      if (type === undefined) return undefined;
      const folder = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
      return send(new Uint8Array(await readFile(path.join(folder, name))), type, cached);
    },
  };
}

function send(
  body: string | Uint8Array<ArrayBuffer>,
  type: string,
  headers: Readonly<Record<string, string>>,
): Response {
  return new Response(body, { status: 200, headers: { 'Content-Type': type, ...headers } });
}
