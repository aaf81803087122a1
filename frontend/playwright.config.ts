import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";

/** Debian's Chromium: no browser download is needed. */
const chromium =
    process.env["SUS_CHROMIUM"] ??
    ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((f) =>
        existsSync(f),
    );

export default defineConfig({
    testDir: "e2e",
    globalSetup: "./e2e/stod/server.ts",
    fullyParallel: false,
    forbidOnly: process.env["CI"] !== undefined,
    workers: 2,
    retries: 0,
    timeout: 45_000,
    expect: { timeout: 10_000 },
    reporter: [["list"]],
    use: {
        ...devices["Desktop Chrome"],
        locale: "sv-SE",
        timezoneId: "Europe/Stockholm",
        testIdAttribute: "data-test",
        trace: "off",
        screenshot: "only-on-failure",
        launchOptions: {
            ...(chromium === undefined ? {} : { executablePath: chromium }),
            args: ["--no-sandbox", "--disable-dev-shm-usage"],
        },
    },
    projects: [
        { name: "1280", use: { viewport: { width: 1280, height: 900 } } },
        { name: "390", use: { viewport: { width: 390, height: 844 } } },
    ],
});
