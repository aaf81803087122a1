import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

/** A server that runs already, or one of our own on this port. */
const port = process.env["SUS_E2E_PORT"] ?? "18099";
const egen = process.env["SUS_URL"];
const bas = egen ?? `http://localhost:${port}`;

const chromium = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
].find((p) => existsSync(p));
if (chromium === undefined) {
    throw new Error(
        "Chromium saknas. Installera det: apt-get install chromium",
    );
}

export default defineConfig({
    testDir: "e2e",
    outputDir: "test-results",
    snapshotPathTemplate: "{testDir}/{testFileName}-snapshots/{arg}{ext}",
    globalSetup: "./e2e/forbered.ts",
    globalTeardown: "./e2e/avsluta.ts",
    fullyParallel: true,
    workers: 2,
    retries: 0,
    timeout: 40_000,
    expect: { timeout: 8_000 },
    reporter: [["list"]],
    use: {
        baseURL: bas,
        // A test begins with an empty page, no cookie, nothing stored and nothing fetched, in a tab that runs already.
        reuseContext: true,
        testIdAttribute: "data-test",
        locale: "sv-SE",
        timezoneId: "Europe/Stockholm",
        actionTimeout: 8_000,
        screenshot: "only-on-failure",
        launchOptions: {
            executablePath: chromium,
            args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
        },
    },
    projects: [
        // A test runs once, in the wide window. @mobil: once, in the narrow one. @bada: in each, since what it
        // asks is how the page is laid out. Every page and state at every width is `make sidor`.
        {
            name: "dator",
            grepInvert: /@mobil/,
            use: { viewport: { width: 1280, height: 900 } },
        },
        {
            name: "mobil",
            grep: /@mobil|@bada/,
            use: { viewport: { width: 390, height: 844 } },
        },
    ],
    ...(egen === undefined
        ? {
              webServer: {
                  command: `node e2e/server.mjs ${port}`,
                  url: `${bas}/health/ready`,
                  timeout: 240_000,
                  reuseExistingServer: false,
                  gracefulShutdown: {
                      signal: "SIGTERM" as const,
                      timeout: 15_000,
                  },
              },
          }
        : {}),
});
