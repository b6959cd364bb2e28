// One build, one manifest: each folder here with an index.ts is an island; styles/app.css is the style sheet.
import { context, build } from "esbuild";
import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";

const here = import.meta.dirname;
const out = join(here, "../throughline/foundation/static/built");
const islands = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(here, entry.name, "index.ts")))
  .map((entry) => ({ in: join(here, entry.name, "index.ts"), out: entry.name }));
const styles = [{ in: join(here, "../throughline/foundation/styles/app.css"), out: "app" }];

// The icons that icons.txt names, as one sprite: <use href="…/icons-HASH.svg#video">.
function writeSprite() {
  const symbols = readFileSync(join(here, "icons.txt"), "utf8").trim().split("\n").map((name) => {
    const drawing = readFileSync(join(here, "../node_modules/lucide-static/icons", `${name}.svg`), "utf8");
    const inner = drawing.replace(/^[\s\S]*?<svg[\s\S]*?>|<\/svg>\s*$/g, "").replace(/\s+/g, " ").trim();
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`;
  });
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
  const file = `icons-${createHash("sha256").update(sprite).digest("hex").slice(0, 8).toUpperCase()}.svg`;
  writeFileSync(join(out, file), sprite);
  return file;
}

const manifest = {
  name: "manifest",
  setup(builder) {
    builder.onEnd(({ metafile }) => {
      if (!metafile) return;
      const names = Object.entries(metafile.outputs)
        .filter(([, output]) => output.entryPoint)
        .map(([path]) => relative(out, path))
        .concat(writeSprite())
        .map((file) => [basename(file).replace(/-[A-Z0-9]{8}(\.\w+)$/, "$1"), file]);
      writeFileSync(join(out, "manifest.json"), JSON.stringify(Object.fromEntries(names.sort()), null, 2));
    });
  },
};

const options = {
  entryPoints: [...islands, ...styles],
  outdir: out,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  chunkNames: "shared-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  sourcemap: "linked",
  legalComments: "linked",
  loader: { ".woff2": "file", ".svg": "file" },
  metafile: true,
  logLevel: "warning",
  plugins: [manifest],
};

// The fonts of typeset pages (foundation/paper), whole: a page draws what it needs of them.
const paper = [
  ["figtree", "400Regular", "400Regular_Italic", "600SemiBold"],
  ["noto-sans", "400Regular", "400Regular_Italic", "600SemiBold"],
  ["noto-sans-arabic", "400Regular"], ["noto-sans-hebrew", "400Regular"], ["noto-sans-thai", "400Regular"],
  ["noto-sans-sc", "400Regular"], ["noto-sans-kr", "400Regular"], ["noto-emoji", "400Regular"],
];
function copyPaperFonts() {
  mkdirSync(join(out, "paper"));
  for (const [family, ...weights] of paper) {
    for (const weight of weights) {
      const folder = join(here, "../node_modules/@expo-google-fonts", family, weight);
      for (const file of readdirSync(folder)) if (file.endsWith(".ttf")) copyFileSync(join(folder, file), join(out, "paper", file));
    }
  }
}

// What finds a person in a picture, for blurred backgrounds: fetched by a call's page when somebody switches that on.
function copyPersonFinder() {
  const from = join(here, "../node_modules/@mediapipe/selfie_segmentation");
  if (!existsSync(from)) return;
  mkdirSync(join(out, "person-finder"));
  const solution = "selfie_segmentation_solution_simd_wasm_bin";
  const files = ["selfie_segmentation.js", "selfie_segmentation.binarypb", "selfie_segmentation_landscape.tflite", `${solution}.js`, `${solution}.wasm`];
  for (const file of files) {
    copyFileSync(join(from, file), join(out, "person-finder", file));
    chmodSync(join(out, "person-finder", file), 0o644);
  }
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
copyPaperFonts();
copyPersonFinder();
if (process.argv.includes("--watch")) {
  await (await context(options)).watch();
} else {
  await build(options);
}
