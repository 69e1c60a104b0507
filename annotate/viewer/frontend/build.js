// Build the script and the style of the pages, each into one file of `../assets/`; with `--check`
// say whether the files there are what the sources make.
//
// Those files are committed: neither a checkout nor an installed package needs Node to make pages.

import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = new URL("./", import.meta.url);
const ASSETS = new URL("../assets/", import.meta.url);
const NOTE = "Made by `make pages` from annotate/viewer/frontend";

/**
 * Return the one file that a source and everything it imports make.
 * @param {string} source
 */
async function bundled(source) {
  const { outputFiles, warnings } = await build({
    absWorkingDir: fileURLToPath(HERE),
    entryPoints: [source],
    bundle: true,
    write: false,
    format: "esm",
    target: "esnext", // as written: what a browser cannot do is not rewritten for it
    minify: true,
    charset: "utf8",
    lineLimit: 120, // for those who look at a page's source, and for whoever compares versions
    banner: { js: `// ${NOTE}`, css: `/* ${NOTE} */` },
    logLevel: "warning",
  });
  if (warnings.length > 0) process.exitCode = 1; // esbuild has printed them
  return outputFiles[0].text;
}

/**
 * @param {URL} file
 * @param {string} text
 */
async function isIn(file, text) {
  return (await readFile(file, "utf8").catch(() => "")) === text;
}

const checks = process.argv.includes("--check");
for (const [source, name] of [
  ["scripts/page.js", "page.js"],
  ["styles/page.css", "page.css"],
  ["scripts/review.js", "review.js"],
  ["styles/review.css", "review.css"],
  ["styles/report.css", "report.css"],
  ["styles/diff.css", "diff.css"],
  ["scripts/matrix.js", "matrix.js"],
  ["styles/matrix.css", "matrix.css"],
  ["scripts/index.js", "index.js"],
  ["styles/index.css", "index.css"],
]) {
  const text = await bundled(source);
  const file = new URL(name, ASSETS);
  if (!checks) {
    await writeFile(file, text);
  } else if (!(await isIn(file, text))) {
    console.error(`annotate/viewer/assets/${name} is not what its sources make: run make pages`);
    process.exitCode = 1;
  }
}
