import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { lattareFkui } from "./scripts/fkui.mjs";
import { beskarTypsnitt } from "./scripts/typsnitt.mjs";

/** The server that `npm run dev` talks to: `sus serve --demo`. */
const server = process.env["SUS_URL"] ?? "http://localhost:8080";

const typsnitt = new URL("./node_modules/.typsnitt/", import.meta.url);

/** Inter, cut down, is asked for before the style sheet has told of it: every page shows all three weights. */
const typsnitten: Plugin = {
    name: "typsnitten",
    apply: (_config, { mode }) => mode !== "test",
    buildStart: () => beskarTypsnitt(typsnitt),
    transformIndexHtml: {
        order: "post",
        handler(_html, { bundle }) {
            return Object.keys(bundle ?? {})
                .filter((f) => f.endsWith(".woff2"))
                .map((f) => ({
                    tag: "link",
                    attrs: {
                        rel: "preload",
                        as: "font",
                        type: "font/woff2",
                        crossorigin: "",
                        href: `/${f}`,
                    },
                    injectTo: "head" as const,
                }));
        },
    },
};

export default defineConfig({
    base: "/",
    plugins: [vue(), lattareFkui, typsnitten],
    resolve: {
        alias: {
            "@typsnitt": fileURLToPath(typsnitt),
            "@": fileURLToPath(new URL("./src", import.meta.url)),
        },
    },
    build: {
        outDir: "dist",
        emptyOutDir: true,
        // A data: URI for a script would break the Content-Security-Policy.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
        chunkSizeWarningLimit: 1000,
        rolldownOptions: {
            checks: { bundlerTimings: false },
            output: {
                codeSplitting: {
                    groups: [
                        {
                            name: "diagram",
                            test: /node_modules\/(echarts|zrender)/,
                        },
                        {
                            name: "fkui",
                            test: /node_modules\/(@fkui|lodash|html-validate)/,
                        },
                        { name: "vue", test: /node_modules\// },
                    ],
                },
            },
        },
    },
    server: {
        proxy: { "/v1": server, "/session": server, "/demo/sms": server },
    },
    test: {
        restoreMocks: true,
        // A whole page is mounted in a fifth of a second, on a machine that does nothing else.
        testTimeout: 20_000,
        hookTimeout: 20_000,
        // On two processors its own choice would be one.
        maxWorkers: "100%",
        projects: [
            {
                extends: true,
                test: {
                    name: "logik",
                    environment: "node",
                    include: ["src/**/*.logic.spec.ts"],
                },
            },
            {
                extends: true,
                test: {
                    name: "monterat",
                    environment: "jsdom",
                    include: ["src/**/*.spec.ts"],
                    exclude: ["src/**/*.logic.spec.ts"],
                    setupFiles: ["src/shared/prov/natet.ts"],
                },
            },
        ],
    },
});
