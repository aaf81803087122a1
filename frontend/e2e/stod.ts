import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Locator, type Page, expect } from "@playwright/test";
import type { Schema, Session } from "../src/shared/api/typer";
import { mapp } from "./forbered";
import { type Rollnamn, testnummer } from "./konton";
import {
    aterkallaDet,
    iDag,
    som,
    spara,
    test as bas,
    tillKontrollen,
} from "./prov";

export { aterkallaDet, expect, iDag, spara, tillKontrollen };

/** The API with a role's cookie, to prepare what a test starts from. */
export class Api {
    private csrf = "";

    constructor(
        private readonly bas: string,
        private readonly kaka: string,
    ) {}

    static som(roll: Rollnamn, bas: string): Api {
        return new Api(bas, readFileSync(`${mapp}/${roll}`, "utf8"));
    }

    /** The answer as it is, also a refusal. */
    async svar(
        metod: string,
        vag: string,
        kropp?: unknown,
        version?: number,
    ): Promise<Response> {
        const Cookie = `__Host-sus=${this.kaka}`;
        if (this.csrf === "") {
            const s = await fetch(`${this.bas}/session`, {
                headers: { Cookie },
            });
            this.csrf = ((await s.json()) as Session).csrf;
        }
        return fetch(`${this.bas}${vag}`, {
            method: metod,
            headers: {
                Cookie,
                "X-SUS-CSRF": this.csrf,
                "Content-Type": "application/json",
                "Idempotency-Key": randomUUID(),
                ...(version === undefined
                    ? {}
                    : { "If-Match": `"${version}"` }),
            },
            ...(kropp === undefined ? {} : { body: JSON.stringify(kropp) }),
        });
    }

    async anropa<T>(
        metod: string,
        vag: string,
        kropp?: unknown,
        version?: number,
    ): Promise<T> {
        const svar = await this.svar(metod, vag, kropp, version);
        if (!svar.ok) {
            throw new Error(
                `${metod} ${vag}: ${svar.status} ${await svar.text()}`,
            );
        }
        return (await svar.json()) as T;
    }

    /** One's own insats: the first, or the one of that name. */
    async minInsats(namn?: string): Promise<Schema<"Insats">> {
        const svar = await this.anropa<Schema<"InsatsLista">>(
            "GET",
            "/v1/insatser?mina=true",
        );
        const forsta = svar.data.find(
            (i) => namn === undefined || i.namn === namn,
        );
        if (!forsta) {
            throw new Error("ingen egen insats");
        }
        return forsta;
    }

    samtycke(insatsId: string, nr: string): Promise<Schema<"Samtycke">> {
        return this.anropa("POST", `/v1/insatser/${insatsId}/samtycken`, {
            personnummer: nr,
            blankett: "9443",
            datum: iDag(-20),
            sprak: "sv",
            satt: "SKRIFTLIGT",
        });
    }

    async deltagande(
        insatsId: string,
        nr: string,
        nytt: Partial<Schema<"Inregistrering">> = {},
    ): Promise<Schema<"Deltagande">> {
        const samtycke = await this.samtycke(insatsId, nr);
        return this.skrivIn(insatsId, samtycke.id, nytt);
    }

    skrivIn(
        insatsId: string,
        samtyckeId: string,
        nytt: Partial<Schema<"Inregistrering">> = {},
    ): Promise<Schema<"Deltagande">> {
        return this.anropa("POST", `/v1/insatser/${insatsId}/deltaganden`, {
            samtyckeId,
            ...insvar,
            ...nytt,
        });
    }

    /** Without measurement. */
    skrivUt(deltagandeId: string): Promise<Schema<"Deltagande">> {
        return this.anropa(
            "POST",
            `/v1/deltaganden/${deltagandeId}/utregistreringar`,
            { avslutningsdag: iDag(-2), avslutsanledning: "FLYTT" },
        );
    }

    rattaIn(
        d: Schema<"Deltagande">,
        nytt: Partial<Schema<"Inregistrering">>,
    ): Promise<Schema<"Deltagande">> {
        return this.anropa(
            "PUT",
            `/v1/deltaganden/${d.id}/inregistrering`,
            { ...insvar, ...nytt, skal: "Fel uppgift" },
            d.version,
        );
    }

    aterkalla(samtyckeId: string): Promise<Schema<"Aterkallelse">> {
        return this.anropa("POST", `/v1/samtycken/${samtyckeId}/aterkallelser`);
    }

    lasSamtycke(id: string): Promise<Schema<"Samtycke">> {
        return this.anropa("GET", `/v1/samtycken/${id}`);
    }

    /** Who gave the samtycke: what must not stand where it does not belong. */
    async namn(samtyckeId: string): Promise<string> {
        const { deltagare } = await this.lasSamtycke(samtyckeId);
        if (!deltagare?.namn) {
            throw new Error("samtycket har inget namn");
        }
        return deltagare.namn;
    }

    lasDeltagande(id: string): Promise<Schema<"Deltagande">> {
        return this.anropa("GET", `/v1/deltaganden/${id}`);
    }

    async nyInsats(namn: string): Promise<Schema<"Insats">> {
        const { organisationId } = await this.minInsats();
        return this.anropa("POST", "/v1/insatser", {
            organisationId,
            namn,
            startdatum: iDag(-30),
            inriktning: "INDIVIDINRIKTAD",
            preciseradInriktning: "REHABILITERING",
            malgrupper: ["UNGA"],
        });
    }

    async sok(
        insatsId: string,
        personnummer: string,
    ): Promise<Schema<"DeltagareSvar">> {
        return this.anropa("POST", "/v1/deltagare-sokningar", {
            insatsId,
            personnummer,
        });
    }
}

/** A word that makes a name one of its own. */
export function eget(): string {
    return Array.from(
        randomUUID().slice(0, 8),
        (c) => "abcdefghijklmnop"[Number.parseInt(c, 16)],
    ).join("");
}

/** What Api registers somebody with. */
export const insvar: Schema<"Inregistrering"> = {
    startdag: iDag(-15),
    utbildningsniva: "GYMNASIUM",
    arOffentligForsorjning: 3,
    fore: {
        forsorjning: ["FORSORJNINGSSTOD"],
        arbetssokande: false,
        arbetar: false,
        studerar: false,
    },
};

/** For `nummer`: born so that the person is under 15 in any year that the tests run. */
export const under15: [fran: number, ar: number] = [
    Number(iDag().slice(0, 4)) - 13,
    6,
];

/**
 * True of a number whose person lives in Uppsala län, where the insatser are, as the demo's simulator of the
 * population register has it: whoever lives elsewhere is asked about.
 */
function borIForbundet(nr: string): boolean {
    const plats =
        createHash("sha256").update(`navet ${nr}`).digest().readUInt32BE(8) %
        51;
    return plats >= 7 && plats <= 14;
}

/** Test numbers of these years, 288 of each, from the first of a month and on or from the 17th: days with no fate. */
function testnumren(fran: number, ar: number, forsta = 1): string[] {
    return Array.from({ length: ar * 288 }, (_, n) => {
        const dag = new Date(
            Date.UTC(
                fran + Math.floor(n / 288),
                Math.floor(n / 24) % 12,
                forsta + (Math.floor(n / 2) % 12),
            ),
        );
        return testnummer(dag, n % 2 === 0);
    });
}

/** Nobody is a hundred, whose number is written with a plus. */
const aldst = Number(iDag().slice(0, 4)) - 98;
const grannar = [1, 17]
    .flatMap((forsta) => testnumren(aldst, 1947 - aldst, forsta))
    .filter(borIForbundet);

let lopande = 0;
const korning = process.env["SUS_URL"] === undefined ? 0 : Date.now() % 4000;

/**
 * A test number that neither the demo nor another test has, on a day with no fate: of one who was born
 * before 1947 and lives in the förbund, or of anybody from the years asked for.
 */
export function nyttNummer(
    arbetare: number,
    fran?: number,
    ar = 17,
    plats = lopande++,
): string {
    const alla = fran === undefined ? grannar : testnumren(fran, ar);
    const n = korning + arbetare * 340 + plats;
    return alla[n % alla.length] ?? "";
}

interface Fixturer {
    roll: Rollnamn;
    /** Logged in as `roll`: deltagaransvarig unless a test says otherwise. */
    inloggad: Page;
    api: Api;
    nummer: (fran?: number, ar?: number) => string;
}

export const test = bas.extend<Fixturer>({
    roll: ["deltagaransvarig", { option: true }],
    inloggad: async ({ page, roll }, use, info) => {
        await som(page, roll, info);
        await use(page);
    },
    api: async ({ roll, baseURL }, use) => {
        await use(Api.som(roll, baseURL ?? ""));
    },
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    nummer: async ({}, use, info) => {
        await use((fran, ar) => nyttNummer(info.workerIndex, fran, ar));
    },
});

/** A test of what is done and said, in the narrow window alone; untagged: in the wide one alone. */
export const enVidd = { tag: "@mobil" };

/** The page's own heading. */
export async function paSidan(
    page: Page,
    rubrik: string | RegExp,
): Promise<void> {
    await expect(
        page.getByRole("heading", { level: 1, name: rubrik }),
    ).toBeVisible();
}

/** Handbook step 3. */
export async function sok(page: Page, nr: string): Promise<void> {
    await page.getByLabel(/^Personnummer/).fill(nr);
    await page.getByRole("button", { name: "Sök", exact: true }).click();
    await expect(
        page.getByRole("heading", { name: "Deltagarinformation" }),
    ).toBeFocused();
}

export function grupp(page: Page, namn: RegExp): Locator {
    return page
        .getByRole("group", { name: namn })
        .or(page.getByRole("radiogroup", { name: namn }));
}

/** Marks a choice as a mouse does: by its label, which covers the box. */
export async function markera(i: Locator, text: string): Promise<void> {
    const ruta = i.getByLabel(text, { exact: true });
    const id = (await ruta.getAttribute("id")) ?? "";
    await i.locator(`label[for="${id}"]`).click();
    await expect(ruta).toBeChecked();
}

/** Marks the first choice of a group, whatever it is called. */
export async function markeraForsta(i: Locator): Promise<void> {
    await i.locator("label[for]").first().click();
    await expect(i.getByRole("checkbox").first()).toBeChecked();
}

/** «Töm formuläret», which asks first. */
export async function tom(page: Page): Promise<void> {
    await page.getByTestId("utkast-borja-om").click();
    await page.getByTestId("utkast-borja-om-ja").click();
}

export const fore = {
    forsorjning:
        /^Vilken\/vilka offentliga försörjningar har deltagaren haft före insatsen\?/,
    arbetssokande:
        /^Är deltagaren inskriven som aktivt arbetssökande på Arbetsförmedlingen före denna insats\?/,
    arbetar: /^Förvärvsarbetar deltagaren omedelbart före denna insats\?/,
    arbetstyp: /^Ange om arbetet var/,
    studerar: /^Har deltagaren studerat omedelbart före denna insats\?/,
};

export const efter = {
    forsorjning:
        /^Vilken\/vilka offentliga försörjningar har deltagaren efter insatsen\?/,
    arbetssokande:
        /^Är deltagaren inskriven som aktivt arbetssökande på Arbetsförmedlingen efter denna insats\?/,
    arbetar: /^Förvärvsarbetar deltagaren direkt efter denna insats\?/,
    arbetstyp: /^Ange om arbetet är/,
    studerar: /^Studerar deltagaren direkt efter denna insats\?/,
};

/** What a field says is wrong with it. */
export function faltfelet(page: Page, falt: string): Locator {
    return page.locator(
        `label[for="falt-${falt}"] .label__message--error, fieldset#falt-${falt} > legend .label__message--error`,
    );
}

/** A fault: its field, the name the list has for it, and what is said. */
export type Fel = [falt: string, namn: string, meddelande: string | RegExp];

function somMonster(namn: string, meddelande: string | RegExp): RegExp {
    // A message that names its field stands alone.
    const sagt = meddelande instanceof RegExp ? meddelande.source : meddelande;
    const fore = sagt.toLowerCase().includes(namn.toLowerCase())
        ? ""
        : `${namn.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}${namn.endsWith("?") ? "" : ":"} `;
    const text =
        meddelande instanceof RegExp
            ? meddelande.source
            : `${meddelande.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`;
    return new RegExp(`^\\s*${fore}${text}`);
}

/** Just these faults: the list on top says each, its field says the same, and the link leads there. */
export async function felen(page: Page, vantade: Fel[]): Promise<void> {
    const lankar = page.getByTestId("fellista").getByRole("link");
    await expect(lankar).toHaveText(
        vantade.map(([, namn, meddelande]) => somMonster(namn, meddelande)),
    );
    for (const [n, [falt, namn, meddelande]] of vantade.entries()) {
        await expect(faltfelet(page, falt), namn).toHaveText(meddelande);
        // The page glides to the field: a click on the next link could miss it.
        await (n === 0 ? lankar.nth(n).click() : lankar.nth(n).press("Enter"));
        await expect(
            page.locator(`#falt-${falt}:focus, #falt-${falt} :focus`),
            `länken till ${namn}`,
        ).toHaveCount(1);
    }
}

/** The fields say nothing any more. */
export async function utanFel(page: Page, ...falt: string[]): Promise<void> {
    for (const f of falt) {
        await expect(faltfelet(page, f), f).toHaveCount(0);
    }
}

/** What stands in the browser's storage, all of it. */
export async function lagrat(page: Page): Promise<string> {
    return page.evaluate(() =>
        JSON.stringify([
            Object.entries(localStorage),
            Object.entries(sessionStorage),
        ]),
    );
}

/** The term's value in a list of terms. */
export function uppgift(page: Page, term: string): Locator {
    return page
        .locator("main dt", { hasText: new RegExp(`^\\s*${term}:?\\s*$`) })
        .first()
        .locator("xpath=following-sibling::dd[1]");
}

/** The line of «Påbörjat» on the Startsida. */
export function paborjat(page: Page, form: string): Locator {
    return page
        .getByTestId("paborjat")
        .getByRole("link", { name: new RegExp(`^${form}(?= i |,|$)`) });
}
