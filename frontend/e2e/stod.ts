import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Locator, type Page, expect } from "@playwright/test";
import type { components } from "../src/shared/api/schema";
import { mapp } from "./forbered";
import { type Rollnamn, testnummer } from "./konton";
import { iDag, som, test as bas } from "./prov";

export { expect, iDag };
type Schema = components["schemas"];

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

    async anropa<T>(metod: string, vag: string, kropp?: unknown): Promise<T> {
        const Cookie = `__Host-sus=${this.kaka}`;
        if (this.csrf === "") {
            const s = await fetch(`${this.bas}/session`, {
                headers: { Cookie },
            });
            this.csrf = ((await s.json()) as { csrf: string }).csrf;
        }
        const svar = await fetch(`${this.bas}${vag}`, {
            method: metod,
            headers: {
                Cookie,
                "X-SUS-CSRF": this.csrf,
                "Content-Type": "application/json",
                "Idempotency-Key": randomUUID(),
            },
            ...(kropp === undefined ? {} : { body: JSON.stringify(kropp) }),
        });
        if (!svar.ok) {
            throw new Error(
                `${metod} ${vag}: ${svar.status} ${await svar.text()}`,
            );
        }
        return (await svar.json()) as T;
    }

    async minInsats(): Promise<Schema["Insats"]> {
        const svar = await this.anropa<Schema["InsatsLista"]>(
            "GET",
            "/v1/insatser?mina=true",
        );
        const forsta = svar.data[0];
        if (!forsta) {
            throw new Error("ingen egen insats");
        }
        return forsta;
    }

    samtycke(insatsId: string, nr: string): Promise<Schema["Samtycke"]> {
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
    ): Promise<Schema["Deltagande"]> {
        const samtycke = await this.samtycke(insatsId, nr);
        return this.anropa("POST", `/v1/insatser/${insatsId}/deltaganden`, {
            samtyckeId: samtycke.id,
            startdag: iDag(-15),
            utbildningsniva: "GYMNASIUM",
            arOffentligForsorjning: 3,
            forsorjning: ["FORSORJNINGSSTOD"],
            arbetssokande: false,
            arbetar: false,
            studerar: false,
        });
    }
}

let lopande = 0;
const korning = process.env["SUS_URL"] === undefined ? 0 : Date.now() % 4000;

/** A test number that neither the demo nor another test has: born 1930 to 1946, on a day with no fate. */
export function nyttNummer(arbetare: number): string {
    const n = korning + arbetare * 100 + lopande++;
    const dag = new Date(
        Date.UTC(
            1930 + (Math.floor(n / 288) % 17),
            Math.floor(n / 24) % 12,
            1 + (Math.floor(n / 2) % 12),
        ),
    );
    return testnummer(dag, n % 2 === 0);
}

interface Fixturer {
    roll: Rollnamn;
    /** Logged in as `roll`: deltagaransvarig unless a test says otherwise. */
    inloggad: Page;
    api: Api;
    nummer: () => string;
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
        await use(() => nyttNummer(info.workerIndex));
    },
});

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
    return page.getByRole("group", { name: namn });
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

export async function spara(page: Page): Promise<void> {
    await page.getByRole("button", { name: "Spara", exact: true }).click();
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
