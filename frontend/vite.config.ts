import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** The server that `npm run dev` talks to: `sus serve --demo`. */
const server = process.env["SUS_URL"] ?? "http://localhost:8080";

/** The text's two commonest weights are asked for before the style sheet has told of them. */
const forladdaTypsnitt: Plugin = {
    name: "forladda-typsnitt",
    transformIndexHtml: {
        order: "post",
        handler(_html, { bundle }) {
            return Object.keys(bundle ?? {})
                .filter((f) => /Inter-(Regular|SemiBold)-.*\.woff2$/.test(f))
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
    plugins: [vue(), forladdaTypsnitt],
    resolve: {
        alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) },
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
            output: {
                advancedChunks: {
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
        environment: "jsdom",
        include: ["src/**/*.spec.ts"],
        restoreMocks: true,
    },
});
