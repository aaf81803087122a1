import type { Page } from "@playwright/test";
import type { Schema } from "../src/shared/api/typer";
import type { Rollnamn } from "./konton";
import { personFodd, som, tillSidan } from "./prov";
import {
    Api,
    enVidd,
    expect,
    grupp,
    iDag,
    markera,
    paSidan,
    sok,
    spara,
    test,
    under15,
} from "./stod";

/** What the program must not say: English, and values that are none. */
const engelska =
    /\b(?:loading|error|errors|undefined|null|NaN|invalid|date|submit|save|cancel|close|previous|next|back|calendar|search|required|optional|open|delete|remove|edit|select|choose|year|month|week|today|monday|january|may|october|menu|more|skip|page|warning|success|info|true|false|object|yes|no|not|the|of)\b/i;

/** A day or a number written otherwise than in Swedish. */
const frammandeform = [
    /\b\d{1,2}\/\d{1,2}\/\d{2,4}\b/, // 3/1/2010
    /\b\d{4}-\d{2}-\d{2}T\d/, // an instant as on the wire
    /\b\d{1,3},\d{3}\b/, // 12,345
    /(?<![\d*–-])\d{5,}(?![\d-])/, // 12345 without its space
];

/** What is read on the page or aloud: the text that is seen, and the names given in attributes. */
async function sagt(page: Page): Promise<string[]> {
    return page.evaluate(() => {
        const ut: string[] = [document.title];
        for (const e of document.querySelectorAll("body *")) {
            for (const namn of [
                "aria-label",
                "aria-description",
                "aria-roledescription",
                "title",
                "alt",
                "placeholder",
            ]) {
                const v = e.getAttribute(namn);
                if (v !== null && v !== "") {
                    ut.push(v);
                }
            }
        }
        const vandring = document.createTreeWalker(
            document.body,
            NodeFilter.SHOW_TEXT,
        );
        while (vandring.nextNode()) {
            const nod = vandring.currentNode;
            const text = nod.nodeValue?.trim() ?? "";
            const i = nod.parentElement;
            // Codes and ids are data, set apart as such; the rest is words.
            if (
                text !== "" &&
                i !== null &&
                !i.closest("script, style, .kod") &&
                i.checkVisibility()
            ) {
                ut.push(text);
            }
        }
        return ut;
    });
}

/** Nothing on the page is in another language, or in another form; `utom` is data that is shown as it is. */
async function paSvenska(
    page: Page,
    lage: string,
    utom: RegExp = /^$/,
): Promise<void> {
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await expect(page.getByTestId("laddar")).toHaveCount(0);
    const texter = (await sagt(page)).filter((t) => !utom.test(t));
    expect(
        texter.filter((t) => engelska.test(t)),
        `${lage}: ord`,
    ).toEqual([]);
    expect(
        texter.filter((t) => frammandeform.some((f) => f.test(t))),
        `${lage}: former`,
    ).toEqual([]);
}

test(
    "provet finner ett engelskt ord, ett tal utan mellanrum och en dag på amerikanska",
    enVidd,
    async ({ page }) => {
        await page.goto("/tillganglighet");
        await paSvenska(page, "orörd");
        await page.evaluate(() => {
            const p = document.createElement("p");
            p.textContent = "Skapad 3/1/2010, 12345 kr";
            const knapp = document.createElement("button");
            knapp.setAttribute("aria-label", "Close");
            document.querySelector("main")?.append(p, knapp);
        });
        const texter = await sagt(page);
        expect(texter.filter((t) => engelska.test(t))).toEqual(["Close"]);
        expect(
            texter.filter((t) => frammandeform.some((f) => f.test(t))),
        ).toHaveLength(1);
    },
);

test(
    "deltagaransvarigs alla sidor är på svenska",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const d = await api.deltagande(insats.id, nummer());
        const u = await api.deltagande(insats.id, nummer());
        await api.skrivUt(u.id);
        const s = await api.samtycke(insats.id, nummer());
        const bas = `/insatser/${insats.id}`;
        for (const vag of [
            "/",
            "/deltagande",
            "/insatser",
            bas,
            `${bas}/registrera`,
            `${bas}/registrera/in/${s.id}`,
            `${bas}/registrera/ut/${d.id}`,
            `${bas}/registrera/ratta-in/${d.id}`,
            `${bas}/registrera/ratta-ut/${u.id}`,
            `${bas}/registrera/klart/${d.id}?slag=in`,
            `${bas}/anonyma`,
            `/deltaganden/${u.id}`,
            "/samverkansorganisationer",
            `/samverkansorganisationer/${insats.organisation.id}`,
            "/rapporter",
            "/finns-inte",
            "/administration",
            "/insatser/019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f",
        ]) {
            await tillSidan(page, vag);
            await paSvenska(page, vag);
        }
    },
);

test(
    "registreringens lägen, fel och kalendern är på svenska",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        await page.goto(`/insatser/${insats.id}/registrera`);
        await page.getByTestId("sok").click();
        await expect(page.getByTestId("fellista")).toBeVisible();
        await paSvenska(page, "tomt nummer");
        // Left with half a number, the field itself speaks.
        await page.getByLabel(/^Personnummer/).fill("1950");
        await page.getByLabel(/^Personnummer/).blur();
        await paSvenska(page, "halvt nummer");
        for (const dag of [14, 15, 16] as const) {
            await sok(page, personFodd(dag));
            await paSvenska(page, `född den ${String(dag)}:e`);
        }
        await sok(page, nummer(...under15));
        await page.getByTestId("registrera-samtycke").click();
        await expect(page.getByTestId("fellista")).toBeVisible();
        await paSvenska(page, "samtycke med fel");
        await page.getByLabel("Datum för samtycket").fill("31/12/2010");
        await page.getByLabel("Datum för samtycket").blur();
        await page
            .getByLabel("Datum för mognadsbedömningen")
            .fill("2077-01-01");
        await page.getByLabel("Datum för mognadsbedömningen").blur();
        await paSvenska(page, "datum som fältet självt underkänner");
        await page.getByLabel("Datum för samtycket").fill(iDag(-5));
        await page.getByLabel("Datum för mognadsbedömningen").fill("");
        await page.getByTestId("registrera-samtycke").click();
        await page.getByTestId("inregistrering").waitFor();
        await markera(grupp(page, /^Förvärvsarbetar/), "Ja");
        await spara(page);
        await expect(page.getByTestId("fellista")).toBeVisible();
        await paSvenska(page, "inregistrering med fel");
        await page.getByRole("button", { name: "Välj startdag" }).click();
        await expect(
            page.getByRole("button", { name: "Stäng", exact: true }),
        ).toBeVisible();
        await paSvenska(page, "kalendern");
        await page.keyboard.press("Escape");
        await page.reload();
        await expect(page.getByTestId("utkast")).toBeVisible();
        await paSvenska(page, "återskapat utkast");
    },
);

const ovriga: Record<string, string[]> = {
    susrapport: [
        "/",
        "/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2010",
        "/rapporter/deltagarrapport/forsorjning?samverkansform=AF_FK_SAMARBETE&budgetar=2010&kon=MAN",
    ],
    samverkansadministrator: ["/", "/insatser", "/insatser/ny"],
    insatsansvarig: ["/"],
    systemforvaltare: [
        "/",
        "/administration",
        ...[
            "FORSORJNING",
            "AVSLUTSANLEDNING",
            "STADSDEL",
            "BLANKETT",
            "SPRAK",
            "SAMVERKANSFORM",
            "TID_I_FORSORJNING",
        ].map((k) => `/administration/kodverk?kodverk=${k}`),
        "/administration/logg",
    ],
};

for (const [roll, vagar] of Object.entries(ovriga)) {
    test(
        `sidorna för ${roll} är på svenska`,
        enVidd,
        async ({ page }, info) => {
            await som(page, roll as Rollnamn, info);
            for (const vag of vagar) {
                await tillSidan(page, vag);
                await paSvenska(page, vag);
            }
        },
    );
}

test(
    "insatsens formulär med fel, och frågan före utloggningen, är på svenska",
    enVidd,
    async ({ page, baseURL }, info) => {
        await page.clock.install();
        await som(page, "samverkansadministrator", info);
        const insats = await Api.som(
            "samverkansadministrator",
            baseURL ?? "",
        ).minInsats();
        await page.goto("/insatser/ny");
        await page.getByTestId("insatsformular").waitFor();
        await spara(page);
        await expect(page.getByTestId("fellista")).toBeVisible();
        await paSvenska(page, "ny insats med fel");
        await page.goto(`/insatser/${insats.id}/andra`);
        await page.getByTestId("insatsformular").waitFor();
        await page.clock.fastForward("28:30");
        await expect(page.getByText("Du loggas snart ut")).toBeVisible();
        await paSvenska(page, "snart utloggad");
    },
);

test("inloggningen och demons sida är på svenska", enVidd, async ({ page }) => {
    await page.goto("/logga-in");
    await paSvenska(page, "steg 1");
    await page.getByTestId("skicka-kod").click();
    await expect(page.getByTestId("fellista")).toBeVisible();
    await paSvenska(page, "tomma fält");
    await page.goto("/demo");
    await page.getByTestId("sms").first().waitFor();
    await paSvenska(page, "demon", /^\+\d+$|engångskod/);
});

test(
    "dagar skrivs åååå-mm-dd eller «1 mars 2010», tal med mellanrum mellan tusental",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        await page.goto("/");
        await expect(
            page.getByRole("heading", {
                name: /^Att göra till den \d{1,2} \p{Ll}+ \d{4}$/u,
            }),
        ).toBeVisible();

        // Thousands: what the server says is drawn with a space, in the texts, the table and the diagram.
        const rapport = "/v1/rapporter/deltagarrapport/forsorjning";
        const rad = (
            kod: string,
            etikett: string,
            fore: number,
            eft: number,
        ) => ({
            kod,
            etikett,
            antalFore: fore,
            antalEfter: eft,
            namnare: 24_867,
            forandring: eft - fore,
            forandringProcent: ((eft - fore) * 100) / fore,
        });
        await page.route(`**${rapport}*`, async (r) => {
            const svar = await r.fetch();
            const json = (await svar.json()) as Schema<"Forsorjningsrapport">;
            await r.fulfill({
                response: svar,
                json: {
                    ...json,
                    start: {
                        ...json.start,
                        antal: 24_867,
                        unika: 17_454,
                        rader: [
                            {
                                kod: "SA",
                                etikett: "SA",
                                antal: 12_345,
                                namnare: 24_867,
                            },
                        ],
                    },
                    slut: {
                        ...json.slut,
                        antal: 24_867,
                        unika: 17_454,
                        rader: [rad("SA", "SA", 12_345, 2_345)],
                    },
                },
            });
        });
        await page.goto(
            "/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2010",
        );
        await expect(page.getByTestId("huvud")).toBeVisible();
        await page.getByTestId("slut").locator("svg").first().waitFor();
        await expect(page.getByTestId("start")).toContainText(/: 24\s867/);
        await expect(page.getByTestId("start")).toContainText(/: 17\s454/);
        const slut = page.getByTestId("slut").getByRole("row", { name: "SA" });
        await expect(slut.getByRole("cell")).toHaveText([
            /^12\s345$/,
            /^50%$/,
            /^2\s345$/,
            /^9%$/,
            /^-10\s000$/,
            /^-81%$/,
        ]);
        await expect(page.getByTestId("diagram")).toContainText(/12\s345/);
        await paSvenska(page, "rapporten med stora tal");
        await expect(page.getByTestId("korningstid")).toHaveText(
            /^\d{4}-\d{2}-\d{2} kl\. \d{2}\.\d{2}\.\d{2}$/,
        );

        const insats = await api.minInsats();
        const d = await api.deltagande(insats.id, nummer());
        await page.goto(`/deltaganden/${d.id}`);
        await paSidan(page, /^Deltagande/);
        await expect(page.getByTestId("tidslinje")).toContainText(
            /Registrerad \d{4}-\d{2}-\d{2} \d{2}:\d{2}/,
        );
        await page.route("**/v1/insatser/*/anonyma?*", async (r) => {
            const svar = await r.fetch();
            const json = (await svar.json()) as Schema<"AnonymaLista">;
            await r.fulfill({
                response: svar,
                json: {
                    ...json,
                    data: [
                        {
                            id: d.id,
                            insatsId: insats.id,
                            inregistreringsar: 2010,
                            antalKvinnor: 10_000,
                            antalMan: 1_500,
                            version: 1,
                            registrerat: new Date().toISOString(),
                        },
                    ],
                },
            });
        });
        await page.goto(`/insatser/${insats.id}/anonyma`);
        await expect(
            page
                .getByTestId("registrerade")
                .getByRole("row", { name: "2010" })
                .getByRole("cell"),
        ).toHaveText([/^10\s000$/, /^1\s500$/, /^11\s500$/]);
    },
);
