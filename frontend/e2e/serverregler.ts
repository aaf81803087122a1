import { readFileSync, readdirSync } from "node:fs";

/** What the back end can refuse at a field, read out of its own source: the words that a test waits for are the server's. */
export interface Serverregel {
    /** The file of backend/register, without its ending. */
    fil: string;
    regel: string;
    /** As it stands in the source: «/startdag», or an expression such as p+"/forsorjning". */
    pekare: string;
    /** Empty when the words are put together. */
    ord: string;
}

const mapp = "../backend/register";

/** Each way that the source has to refuse a field: pointer, rule and words, in the order they stand. */
const monster: { form: RegExp; pekare?: string }[] = [
    {
        form: /(?<!\) )\blagg\((?<pekare>.+?), "(?<regel>[a-z-]+)", (?<ord>.+)\)$/gm,
    },
    {
        form: /\bkonfliktVid\((?<pekare>"[^"]+"), "(?<regel>[a-z-]+)", (?<ord>.+)\)$/gm,
    },
    {
        form: /\bpersonnummerfel\("(?<regel>[a-z-]+)", (?<ord>.+)\)$/gm,
        pekare: "/personnummer",
    },
    {
        form: /\bregel, text :?= "(?<regel>[a-z-]+)", (?<ord>.+)$/gm,
        pekare: "/namn",
    },
];

function utanCitat(text: string): string {
    return /^"([^"]*)"$/.exec(text)?.[1] ?? "";
}

export function serverregler(): Serverregel[] {
    const filer = readdirSync(mapp).filter(
        (f) => f.endsWith(".go") && !f.endsWith("_test.go"),
    );
    return filer.flatMap((f) => {
        const text = readFileSync(`${mapp}/${f}`, "utf8");
        return monster.flatMap((m) =>
            [...text.matchAll(m.form)].map(({ groups = {} }) => {
                const pekare = groups["pekare"] ?? "";
                return {
                    fil: f.replace(".go", ""),
                    regel: groups["regel"] ?? "",
                    pekare: m.pekare ?? (utanCitat(pekare) || pekare),
                    ord: utanCitat(groups["ord"] ?? ""),
                };
            }),
        );
    });
}

/** The server's own words for a rule at a field. */
export function serverord(fil: string, regel: string, pekare?: string): string {
    const [en, ...fler] = new Set(
        serverregler()
            .filter(
                (r) =>
                    r.fil === fil &&
                    r.regel === regel &&
                    (pekare === undefined || r.pekare === pekare),
            )
            .map((r) => r.ord),
    );
    if (en === undefined || en === "" || fler.length > 0) {
        throw new Error(
            `${fil} har inte just en lydelse för ${regel} ${pekare ?? ""}`,
        );
    }
    return en;
}
