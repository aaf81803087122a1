import eslint from "@eslint/js";
import prettier from "eslint-config-prettier";
import vue from "eslint-plugin-vue";
import a11y from "eslint-plugin-vuejs-accessibility";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
import { pilar } from "./scripts/pilar.mjs";

export default defineConfig(
    {
        ignores: [
            "dist/",
            "node_modules/",
            "src/shared/api/*.d.ts",
            "playwright-report/",
            "test-results/",
        ],
    },
    { linterOptions: { reportUnusedDisableDirectives: "error" } },
    eslint.configs.recommended,
    tseslint.configs.strictTypeChecked,
    vue.configs["flat/recommended"],
    a11y.configs["flat/recommended"],
    {
        languageOptions: {
            parserOptions: {
                parser: tseslint.parser,
                project: ["./tsconfig.json", "./tsconfig.node.json"],
                tsconfigRootDir: import.meta.dirname,
                extraFileExtensions: [".vue"],
            },
        },
        rules: {
            eqeqeq: "error",
            "no-console": "error",
            "no-restricted-syntax": [
                "error",
                {
                    selector:
                        "UnaryExpression[operator='void'] > CallExpression > MemberExpression[object.name='router']",
                    message:
                        "Gå med useGa: en sida som inte går att öppna ger annars ett ohanterat löfte.",
                },
            ],
            "@typescript-eslint/restrict-template-expressions": [
                "error",
                { allowNumber: true },
            ],
            "@typescript-eslint/switch-exhaustiveness-check": "error",
            // A default of a destructured prop looks useless to the rule: it does not know Vue.
            "@typescript-eslint/no-useless-default-assignment": "off",
            // No element of HTML has a Swedish name to clash with.
            "vue/multi-word-component-names": "off",
            "vue/block-lang": ["error", { script: { lang: "ts" } }],
            "vue/component-api-style": ["error", ["script-setup"]],
            "vue/component-name-in-template-casing": ["error", "PascalCase"],
            "vue/define-macros-order": [
                "error",
                {
                    order: [
                        "defineOptions",
                        "defineProps",
                        "defineEmits",
                        "defineModel",
                    ],
                },
            ],
            "vue/no-unused-refs": "error",
            // The label of an FKUI field is a slot that the rule does not see; axe checks the page.
            "vuejs-accessibility/label-has-for": "off",
        },
    },
    {
        files: ["**/*.vue", "**/*.ts"],
        rules: { "no-undef": "off" }, // TypeScript knows better
    },
    {
        files: ["src/**/*.vue", "src/**/*.ts"],
        plugins: { sus: { rules: { pilar } } },
        rules: { "sus/pilar": "error" },
    },
    {
        files: ["**/*.mjs"],
        rules: { "no-console": "off", "no-undef": "off" },
    },
    {
        files: ["**/*.mjs", "eslint.config.js"],
        extends: [tseslint.configs.disableTypeChecked],
    },
    prettier,
);
