import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";

/** The server that `npm run dev` talks to: `sus serve --demo`. */
const server = process.env["SUS_URL"] ?? "http://localhost:8080";

export default defineConfig({
    base: "/",
    plugins: [vue()],
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
