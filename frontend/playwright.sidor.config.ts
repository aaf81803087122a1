import { readFileSync, readdirSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import bas from "./playwright.config";

// `make sidor`: every page and state in every window, with a picture of each (granska in e2e/prov.ts), and what
// takes too long for `make test`.
process.env["SUS_SIDOR"] = "1";
process.env["SUS_BILDER"] ??= "sidbilder";

/** The specs that look at a state. */
const medLagen = readdirSync("e2e").filter(
    (f) =>
        f.endsWith(".spec.ts") &&
        readFileSync(`e2e/${f}`, "utf8").includes("granska("),
);

export default defineConfig({
    ...bas,
    testDir: ".",
    testMatch: [...medLagen.map((f) => `e2e/${f}`), "e2e-sidor/*.spec.ts"],
    timeout: 600_000,
});
