/** Lint rules, among them the walls: pages know api, ui, charts and words, never each other. */
import hooks from "eslint-plugin-react-hooks";
import { readdirSync } from "node:fs";
import tseslint from "typescript-eslint";

const rooms = readdirSync(new URL("./src/features", import.meta.url));

const closed = (files, groups, message) => ({
  files,
  rules: { "no-restricted-imports": ["error", { patterns: [{ group: groups, message }] }] },
});

export default tseslint.config(
  { ignores: ["src/api/schema.d.ts", "node_modules", ".vite"] },
  ...tseslint.configs.strict,
  hooks.configs.flat["recommended-latest"],
  {
    files: ["src/**/*.{ts,tsx}"],
    rules: {
      "no-console": "error",
      "max-lines": ["error", { max: 300, skipBlankLines: false, skipComments: false }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "no-restricted-imports": ["error", { patterns: [{ group: ["../*"], message: "import from @/room/…" }] }],
    },
  },
  closed(["src/i18n/**"], ["../*", "@/api*", "@/ui*", "@/charts*", "@/features*", "@/app*"], "i18n knows nobody"),
  closed(["src/api/**"], ["../*", "@/ui*", "@/charts*", "@/features*", "@/app*"], "api knows words only"),
  closed(["src/ui/**"], ["../*", "@/charts*", "@/features*", "@/app*"], "ui is plain: it knows api values and words"),
  closed(["src/charts/**"], ["../*", "@/features*", "@/app*"], "charts know ui, api values and words"),
  ...rooms.map((room) =>
    closed(
      [`src/features/${room}/**`],
      ["../*", "@/app*", ...rooms.filter((other) => other !== room).map((other) => `@/features/${other}*`)],
      "a page knows api, ui, charts and words, never another page",
    ),
  ),
);
