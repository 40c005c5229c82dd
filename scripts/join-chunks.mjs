// Joins chunks that are always loaded together into one file. Finding, reading and linking a file costs each start about half a
// millisecond, and esbuild makes a chunk of every set of entries that some module is shared by: forty of them for one command.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { build } from 'esbuild';

/**
 * What the name of each chunk has to hold, for `chunkNames`. A chunk that was joined stays as a file that hands on what the joined one
 * has; with what was joined in its name, none of another build takes its place.
 */
export const JOINED_MARK = '_joined_';

/**
 * The files of a build, with each group's chunks in one file.
 * @param built what esbuild gave back, with `metafile` and `write: false`.
 * @param groups for each its name and the sources whose chunks, with all that they import, go into it. What an earlier group has, a
 *   later one imports.
 * @param options of the build itself, for the joined files.
 */
export async function joinChunks({ metafile, outputFiles }, groups, options) {
  const texts = new Map(outputFiles.map((file) => [path.basename(file.path), file.text]));
  const chunks = chunksOf(metafile);
  const taken = new Set();
  const joined = [];
  for (const { name, sources } of groups) {
    const members = closureOf(sources, chunks).filter((member) => !taken.has(member));
    for (const member of members) taken.add(member);
    joined.push({ name, members, from: new Set(members) });
  }
  const mark = markOf([...taken]);
  for (const { name, members, from } of joined) {
    const file = `${name}${mark}.js`;
    for (const [part, contents] of await bundle(file, members, { texts, chunks, from, options }))
      texts.set(part, contents);
    for (const [index, member] of members.entries()) {
      texts.delete(`${member}.map`);
      texts.set(member, handOn(file, index, chunks.get(member).exports));
    }
  }
  return [...texts].map(([name, text]) => ({
    name: name.replaceAll(JOINED_MARK, mark),
    contents: text.replaceAll(JOINED_MARK, mark),
  }));
}

/** The chunks of a build by their file's name, each with what it imports at once and what it exports. */
function chunksOf({ outputs }) {
  const named = Object.entries(outputs).filter(([file]) => file.endsWith('.js'));
  return new Map(
    named.map(([file, { imports, exports, entryPoint }]) => [
      path.basename(file),
      {
        entryPoint,
        exports,
        imports: imports
          .filter((one) => !one.external && one.kind === 'import-statement')
          .map((one) => path.basename(one.path)),
      },
    ]),
  );
}

/** The chunks of sources with all that they import, in the order in which they run. */
function closureOf(sources, chunks) {
  const found = new Set();
  const add = (name) => {
    if (found.has(name)) return;
    for (const one of chunks.get(name).imports) add(one);
    found.add(name);
  };
  for (const source of sources) {
    const entry = [...chunks].find(([, { entryPoint }]) => entryPoint === source);
    if (!entry) throw new Error(`no chunk is made of ${source}`);
    add(entry[0]);
  }
  return [...found];
}

/** The names hold what is in the chunks, so what is made of the names tells what is in the joined file. */
function markOf(names) {
  const digest = createHash('sha256').update(names.join('\n')).digest('hex');
  return `_${digest.slice(0, JOINED_MARK.length - 1)}`;
}

async function bundle(file, members, { texts, chunks, from, options }) {
  const all = members.map((member, index) => exported(`./${member}`, chunks.get(member).exports, index));
  const { outputFiles } = await build({
    ...options,
    entryPoints: undefined,
    stdin: { contents: all.join('\n'), sourcefile: file, resolveDir: options.absWorkingDir },
    outdir: undefined,
    outfile: path.join(options.absWorkingDir, options.outdir, file),
    splitting: false,
    banner: {},
    // They are kept already; what would be kept now are the short ones.
    keepNames: false,
    plugins: [membersOnly(texts, from)],
  });
  return outputFiles.map((one) => [path.basename(one.path), one.text]);
}

/** Takes the members from memory, and leaves to Node what is no member or is loaded when it is needed. */
function membersOnly(texts, from) {
  return {
    name: 'members-only',
    setup(run) {
      run.onResolve({ filter: /.*/ }, ({ path: name, kind }) => {
        const member = path.basename(name);
        return kind !== 'dynamic-import' && name.startsWith('./') && from.has(member)
          ? { path: member, namespace: 'chunk' }
          : { path: name, external: true };
      });
      run.onLoad({ filter: /.*/, namespace: 'chunk' }, ({ path: name }) => {
        const map = Buffer.from(texts.get(`${name}.map`)).toString('base64');
        const link = `//# sourceMappingURL=data:application/json;base64,${map}\n`;
        return { contents: texts.get(name).replace(/\/\/# sourceMappingURL=.*\n?$/, link), loader: 'js' };
      });
    },
  };
}

/** Two chunks may export the same short name. */
function exported(from, names, index) {
  const list = names.map((name) => `${name} as m${index}_${name}`).join(',');
  return list === '' ? `import ${JSON.stringify(from)};` : `export {${list}} from ${JSON.stringify(from)};`;
}

function handOn(file, index, names) {
  const list = names.map((name) => `m${index}_${name} as ${name}`).join(',');
  return list === ''
    ? `import ${JSON.stringify(`./${file}`)};\n`
    : `export {${list}} from ${JSON.stringify(`./${file}`)};\n`;
}
