// Bundles editor.js into the one file that the query page loads, with the licences of what is in
// it beside it, and records what it was made from: a test notices a bundle that was not renewed.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";

const STATIC = "../glokal/static";
const BUNDLE = `${STATIC}/editor.js`;
const LICENCES = `${STATIC}/editor.licences.txt`;
const INPUTS = ["editor.js", "build.mjs", "package.json", "package-lock.json"];
const BANNER = "/* Made from service/editor of Glokal. Licences: editor.licences.txt */\n";

const bundled = await build({
  entryPoints: ["editor.js"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  write: false,
});
const compress = { passes: 3, unsafe_arrows: true };
const { code } = await minify(bundled.outputFiles[0].text, { module: true, ecma: 2020, compress });
writeFileSync(BUNDLE, BANNER + code + "\n");
writeFileSync(`${BUNDLE}.br`, brotliCompressSync(readFileSync(BUNDLE)));

const names = Object.keys(bundled.metafile.inputs)
  .map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
  .filter(Boolean);
const licences = [...new Set(names)].sort().map((name) => {
  const { version, license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`));
  const text = readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
});
writeFileSync(LICENCES, `What is in editor.js, and under which licence.\n\n${licences.join("\n\n")}`);

const sha256 = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");
const recorded = [...INPUTS, BUNDLE, `${BUNDLE}.br`, LICENCES];
writeFileSync("bundle.sha256", recorded.map((path) => `${sha256(path)}  ${path}\n`).join(""));
