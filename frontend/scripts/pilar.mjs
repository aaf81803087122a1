// Which feature may import which: an ESLint rule, so that the arrows are read by the parser that reads the rest.
//
// A page (XxxSida.vue) stands on top: it is put together of any feature's parts, and no part imports it.
// Everything else of a feature is a part. Parts import parts, and pages pages, of those before them in the order
// alone: no circles.
// shared knows neither features nor the shell; the shell (app) knows all.

/** Each imports from those above it. */
export const ordning = [
    "kodverk",
    "myndighet",
    "samverkansorganisation",
    "om",
    "insats",
    "budget",
    "volym",
    "deltagande",
    "samtycke",
    "registrering",
    "anonyma",
    "uppdrag",
    "rapport",
    "startsida",
    "administration",
    "inloggning",
];

/** «src/features/insats/queries.ts» → where it stands; undefined: outside src. */
function plats(fil) {
    const [, rum, feature, namn] =
        /(?:^|\/)src\/(app|shared|features)(?:\/([^/]+))?(?:.*\/([^/]+))?$/.exec(
            fil,
        ) ?? [];
    return rum === undefined
        ? undefined
        : { rum, feature, sida: /Sida\.vue$/.test(namn ?? "") };
}

/** What an import of ours names, as a file; undefined: a package. */
function fil(fran, vad) {
    if (vad.startsWith("@/")) {
        return `src/${vad.slice(2)}`;
    }
    return vad.startsWith(".")
        ? new URL(vad, `file://${fran}`).pathname
        : undefined;
}

/** Why the file may not import it; undefined: it may. */
export function hinder(fran, vad) {
    const mal = fil(fran, vad);
    const har = plats(fran);
    const dar = mal === undefined ? undefined : plats(mal);
    // A test looks at what it likes, and what the tests stand on is the whole page.
    if (!har || !dar || /\.spec\.ts$|\/shared\/prov\//.test(fran)) {
        return undefined;
    }
    if (har.rum === "app") {
        return undefined;
    }
    if (dar.rum === "app") {
        return "app är skalet: det importerar, och importeras inte.";
    }
    if (dar.rum === "shared") {
        return undefined;
    }
    if (har.rum === "shared") {
        return "shared vet inget om features.";
    }
    if (dar.sida && !har.sida) {
        return "En sida importeras bara av routern och av sidor: flytta det som delas till en egen fil.";
    }
    if (har.feature === dar.feature || (har.sida && !dar.sida)) {
        return undefined;
    }
    const [a, b] = [har.feature, dar.feature].map((f) => ordning.indexOf(f));
    if (a < 0 || b < 0) {
        return "En ny feature får sin plats i ordningen (scripts/pilar.mjs).";
    }
    return b < a
        ? undefined
        : `${har.feature} står före ${dar.feature} i ordningen (scripts/pilar.mjs): bara en sida sätter samman dem.`;
}

export const pilar = {
    meta: { type: "problem", schema: [] },
    create(context) {
        function granska(kalla) {
            const skal =
                typeof kalla?.value === "string"
                    ? hinder(context.filename, kalla.value)
                    : undefined;
            if (skal !== undefined) {
                context.report({ node: kalla, message: skal });
            }
        }
        return {
            ImportDeclaration: (n) => granska(n.source),
            ImportExpression: (n) => granska(n.source),
            ExportNamedDeclaration: (n) => granska(n.source),
            ExportAllDeclaration: (n) => granska(n.source),
        };
    },
};
